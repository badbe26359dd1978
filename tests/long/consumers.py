"""A pull request with a bad roster, read by those who will read it: run by hand, since it fetches and installs.

    python -m tests.long.consumers

Needs on the PATH: git, npm and node, and the network of pip and npm. sarif-tools, junitparser, pre-commit and
yaml-language-server are installed into a folder of its own. Every finding must stand at its line in each of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
TAG = "v0.1.0"
SWAPS = (
    ("quantity: 1640", "quantity: 0"),
    ("chief: 0900.000.105", "chief: 0900.000.10"),
    ("kind: xã\n    name: Hà Bầu", "kind: xả\n    name: Hà Bầu"),
    ("deputies: [0900.000.108, 0900.000.109]", "deputies: [0900.000.108, khuyết]"),
    ("duty: 0269.3000.204", "duty: 02693000204"),
)


def run(*words: str | Path, cwd: Path, code: int | None = 0, **env: str) -> str:
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}, timeout=900
    )
    if code is not None and done.returncode != code:
        raise SystemExit(f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def clone(place: Path) -> Path:
    """The repository as GitHub would serve it, with the tag of its version."""
    run("git", "clone", "-q", REPOSITORY, place, cwd=REPOSITORY)
    run("git", "tag", "-f", TAG, cwd=place)
    return place


def pull_request(place: Path) -> Path:
    """A checkout with a bad roster in a folder of it, and the README's configuration of pre-commit."""
    folder = place / "jobs"
    folder.mkdir(parents=True)
    text = (REPOSITORY / "contacts.yaml").read_text("utf-8")
    for old, new in SWAPS:
        assert old in text, old
        text = text.replace(old, new, 1)
    text = text.replace("$schema=keytag/data", f"$schema={(REPOSITORY / 'keytag/data').as_uri()}")
    (folder / "contacts-2026.yaml").write_text(text, "utf-8")
    (block,) = re.findall(
        r"```yaml\n# \.pre-commit-config\.yaml\n(.*?)```", (REPOSITORY / "README.md").read_text(), re.S
    )
    (place / ".pre-commit-config.yaml").write_text(block)
    run("git", "init", "-q", cwd=place)
    run("git", "add", "-A", cwd=place)
    return place


def sarif(bin: Path, keytag: list[str], folder: Path, lines: list[tuple[str, int]]) -> None:
    run(*keytag, "check", "contacts-2026.yaml", "-f", "sarif", "-o", "found.sarif", cwd=folder, code=1)
    run(bin / "sarif", "csv", "--output", "found.csv", "found.sarif", cwd=folder)
    rows = (folder / "found.csv").read_text("utf-8-sig").splitlines()[1:]
    assert len(rows) == len(lines), rows
    for check, line in lines:
        assert any(check in row and f"jobs/contacts-2026.yaml,{line}" in row for row in rows), (check, line, rows)
    shown = run(bin / "sarif", "summary", "found.sarif", cwd=folder)
    counts = [part.strip() for part in shown.splitlines() if part.startswith(("error", "warning"))]
    say(f"sarif-tools: {', '.join(counts)}")


def junit(python: Path, keytag: list[str], folder: Path, lines: list[tuple[str, int]]) -> None:
    run(*keytag, "check", "contacts-2026.yaml", "-f", "junit", "-o", "found.xml", cwd=folder, code=1)
    script = (
        "import json, junitparser\n"
        "xml = junitparser.JUnitXml.fromfile('found.xml')\n"
        "cases = [case for suite in xml for case in suite]\n"
        "print(json.dumps([[case.name, len(case.result), xml.failures] for case in cases]))\n"
    )
    cases = json.loads(run(python, "-c", script, cwd=folder))
    names = [name for name, _, _ in cases]
    assert len(set(names)) == len(names) == len(lines)
    for check, line in lines:
        assert any(re.search(rf":{line}:\d+ \[{check}\]", name) for name in names), (check, line, names)
    say(f"junitparser: {len(names)} cases, {cases[0][2]} failures")


def pre_commit(bin: Path, source: Path, place: Path, home: Path) -> None:
    env = {
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{source}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/keytag/keytag",
    }
    shown = run(bin / "pre-commit", "run", "--all-files", cwd=place, code=1, **env)
    assert "jobs/contacts-2026.yaml:" in shown and "[quantity-form]" in shown, shown
    (place / "jobs/contacts-2026.yaml").write_bytes((REPOSITORY / "contacts.yaml").read_bytes())
    run("git", "add", "-A", cwd=place)
    assert "Passed" in run(bin / "pre-commit", "run", "--all-files", cwd=place, **env)
    say("pre-commit: fails on the bad roster, passes the good one")


def action(source: Path, place: Path) -> None:
    """The action's own installing step, on the clone."""
    steps = {step["name"]: step for step in yaml.safe_load((source / "action.yml").read_text())["runs"]["steps"]}
    paths = place / "paths"
    env = {"ACTION": str(source), "PLACE": str(place / "keytag"), "GITHUB_PATH": str(paths)}
    run("bash", "-eo", "pipefail", "-c", steps["Install keytag"]["run"], cwd=place, **env)
    version = run(Path(paths.read_text().strip()) / "keytag", "--version", cwd=place)
    say(f"action: {version.strip()}")


def editor(place: Path, folder: Path) -> None:
    """What yaml-language-server underlines, asked over its own protocol."""
    run("npm", "install", "--no-audit", "--no-fund", "yaml-language-server", cwd=place)
    path = folder / "contacts-2026.yaml"
    found = _diagnostics(place / "node_modules/.bin/yaml-language-server", path)
    text = path.read_text("utf-8").splitlines()
    for slip in ("quantity: 0", "chief: 0900.000.10", "kind: xả", "khuyết"):
        line = next(number for number, row in enumerate(text) if row.rstrip().endswith(slip) or f", {slip}]" in row)
        assert line in found, (slip, line + 1, found)
    say(f"yaml-language-server: underlines lines {', '.join(str(line + 1) for line in sorted(found))}")


def _diagnostics(server: Path, path: Path) -> dict[int, str]:
    with subprocess.Popen([str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout

        def send(message: dict[str, Any]) -> None:
            data = json.dumps({"jsonrpc": "2.0", **message}).encode()
            assert process.stdin
            process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
            process.stdin.flush()

        def receive() -> dict[str, Any]:
            assert process.stdout
            length = 0
            while line := process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            return dict(json.loads(process.stdout.read(length)))

        capabilities = {"textDocument": {"publishDiagnostics": {}}}
        start = {"processId": os.getpid(), "rootUri": path.parent.as_uri(), "capabilities": capabilities}
        send({"id": 1, "method": "initialize", "params": start})
        while receive().get("id") != 1:
            pass
        send({"method": "initialized", "params": {}})
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}}}
        send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = receive()
            if "id" in message and "method" in message:  # a question of the server's: nothing is set
                send(
                    {
                        "id": message["id"],
                        "result": [settings["yaml"]] if "configuration" in message["method"] else None,
                    }
                )
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["diagnostics"]:
                process.kill()
                return {d["range"]["start"]["line"]: d["message"] for d in message["params"]["diagnostics"]}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source, request = clone(place / "clone"), pull_request(place / "request")
        folder = request / "jobs"
        venv.create(place / "tools", with_pip=True)
        bin = place / "tools" / "bin"
        run(bin / "pip", "install", "-q", "sarif-tools", "junitparser", "pre-commit", cwd=place)
        keytag = [sys.executable, "-m", "keytag"]
        found = json.loads(run(*keytag, "check", "contacts-2026.yaml", "-f", "json", cwd=folder, code=1))["findings"]
        lines = [(f["id"], f["span"]["line"]) for f in found]
        say(f"keytag: {', '.join(f'{check}:{line}' for check, line in lines)}")
        sarif(bin, keytag, folder, lines)
        junit(bin / "python", keytag, folder, lines)
        (place / "npm").mkdir()
        editor(place / "npm", folder)
        action(source, place)
        pre_commit(bin, source, request, place / "hooks")


if __name__ == "__main__":
    main()
