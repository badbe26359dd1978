"""A release: two files whose bytes depend on the commit alone, which hold all that keytag needs and run anywhere."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import REPOSITORY
from tests.pages import two_units

EPOCH = "1606521600"
# What is others', and the licence that travels with it: in the package beside it, and among the wheel's licences.
VENDORED = {
    "keytag/data/fonts/FiraSansCondensed-Bold.ttf": "keytag/data/fonts/OFL.txt",
    "keytag/data/icc/FOGRA39L_coated.icc": "keytag/data/icc/LICENSE-FOGRA39L_coated.txt",
    "keytag/vietnam/data/units/52.z": "keytag/vietnam/data/LICENSES.txt",
}


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", REPOSITORY / ".ci" / "release.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release = script()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Archive, wheel and sums, made of a copy of what is committed or about to be, whose files have other dates."""
    place = tmp_path_factory.mktemp("release")
    for name in tracked():
        (place / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, place / "tree" / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        release.build(place / "dist", place / "tree")
    return place / "dist"


def tracked() -> list[str]:
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(asked, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    return [name for name in said.split("\0") if name and (REPOSITORY / name).is_file()]


def names(archive: Path) -> list[str]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.namelist()
    with tarfile.open(archive) as packed:
        return [name.partition("/")[2] for name in packed.getnames()]


def test_tree_and_archive_make_the_same_wheel_without_a_clock(built: Path) -> None:
    archive, wheel = (
        built / f"keytag-{release.version()}.tar.gz",
        built / f"keytag-{release.version()}-py3-none-any.whl",
    )
    sums = (built / "SHA256SUMS").read_text("utf-8")
    for path in (archive, wheel):  # `build` has made the wheel a second time, and refuses where it differs
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" in sums
    with tarfile.open(archive) as packed:
        assert {(m.mtime, m.uid, m.uname) for m in packed.getmembers()} == {(int(EPOCH), 0, "")}
    with zipfile.ZipFile(wheel) as opened:
        assert {entry.date_time[:3] for entry in opened.infolist()} == {(2020, 11, 28)}


def test_the_archive_hangs_on_no_file_s_date_or_rights(built: Path, tmp_path: Path) -> None:
    (archive,), tree = built.glob("*.tar.gz"), built.parent / "tree"
    for path in tree.rglob("*.md"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    assert release.hatch(tree, "sdist", tmp_path, EPOCH).read_bytes() == archive.read_bytes()


def test_both_hold_every_file_of_the_package_and_the_licences(built: Path) -> None:
    committed = set(tracked())
    (archive,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
    assert set(names(archive)) == committed | {"PKG-INFO"}
    inside = {name for name in names(wheel) if ".dist-info/" not in name}
    assert inside == {
        name if name.startswith("keytag/") else f"keytag/{name}"
        for name in committed
        if name.startswith(("keytag/", "templates/"))
    }
    for data, licence in {"keytag/__init__.py": "LICENSE", **VENDORED}.items():
        assert data in inside
        assert f"keytag-{release.version()}.dist-info/licenses/{licence}" in names(wheel)


def test_the_wheel_runs_in_a_fresh_environment_outside_the_repository(built: Path, tmp_path: Path) -> None:
    import yaml

    venv.create(tmp_path / "fresh", with_pip=False)
    programs = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    (packages,) = (tmp_path / "fresh" / "lib").glob("python*/site-packages")
    (wheel,) = built.glob("*.whl")
    python = str(programs / "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--no-compile", str(wheel)], check=True, capture_output=True)
    # The libraries of this environment, behind the wheel's own folder on the path, in place of a download. They come
    # only now: pip would find a keytag among them, and install none.
    (packages / "libraries.pth").write_text(f"{Path(yaml.__file__).parent.parent}\n", "utf-8")
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "contacts.yaml").write_text(two_units(), "utf-8")
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}

    def run(*words: str) -> str:
        done = subprocess.run(
            [str(programs / words[0]), *words[1:]],
            cwd=tmp_path / "job",
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    assert str(packages) in run("python", "-c", "import keytag; print(keytag.__file__)")
    assert release.version() in run("keytag", "--version")
    assert "oval-50x20" in run("keytag", "template", "list")
    run("keytag", "check")
    run("keytag", "impose")
    assert (tmp_path / "job" / "out" / "job.json").is_file()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The few files in which a release is named, as they are on the day of one."""
    pages = [p.relative_to(REPOSITORY) for p in [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")]]
    schemas = [p.relative_to(REPOSITORY) for p in (REPOSITORY / "keytag" / "data").glob("*.schema.json")]
    for name in [*pages, *schemas, Path("keytag/_version.py")]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    changes = tmp_path / "CHANGELOG.md"
    text = changes.read_text("utf-8")
    changes.write_text(text.replace("## Unreleased", f"## {release.version()} (2026-11-28)", 1), "utf-8")
    return tmp_path


def test_the_version_is_said_alike_everywhere(tree: Path) -> None:
    assert release.disagreements(tree, f"v{release.version()}") == []
    assert len(list(release.pinned(tree))) >= 5


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("README.md", "keytag@v", "keytag@v9."),
        ("README.md", "rev: v", "rev: v9."),
        ("docs/vi/cai-dat.md", "/tags/v", "/tags/v9."),
        ("keytag/data/contacts.schema.json", "/raw/v", "/raw/v9."),
        ("keytag/_version.py", '= "', '= "9.'),
        ("CHANGELOG.md", "## ", "## Unreleased\n\n- x\n\n## "),
    ],
)
def test_one_place_that_says_another_version_is_found(tree: Path, file: str, old: str, new: str) -> None:
    text = (tree / file).read_text("utf-8")
    assert old in text
    (tree / file).write_text(text.replace(old, new, 1), "utf-8")
    assert release.disagreements(tree) != []


def test_another_tag_is_found(tree: Path) -> None:
    assert release.disagreements(tree, "v9.9.9") == [f"the tag is v9.9.9, and must be v{release.version()}"]
