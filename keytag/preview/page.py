"""The page itself: plain HTML, one style sheet and one script, all from this machine; Vietnamese or English."""

from __future__ import annotations

import html
import json

from keytag.base.counts import NAMES
from keytag.base.words import Words, say, say_n

_SAID = {
    "title": say("Preview"),
    "tags": say("Tags"),
    "phone": say("Phone page"),
    "general": say("General findings"),
    "card": say("Drag until this shape is as wide as a bank card (85.6 mm):"),
    "nothing": say("Nothing was found."),
    "checking": say("checking…"),
    "broken": say("The file cannot be read; below is the last state that could be:"),
    "lost": say("The preview has ended."),
    "size": say("True size"),
    "unit": say("Unit"),
    "count": say_n("tag", "tags", 2),
}
_OTHERS = {"vi": ("en", "English"), "en": ("vi", "Tiếng Việt")}


def page(spoken: Words) -> str:
    """The page in a language; what it shows comes from `state.json`."""
    language = spoken.language
    words = {key: spoken.of(text) for key, text in _SAID.items()}
    words |= {severity.value: _capital(spoken.of(name)) for severity, name in NAMES.items()}
    other, its_name = _OTHERS[language]
    said = {key: html.escape(text) for key, text in words.items()} | {"other": its_name}
    data = html.escape(json.dumps(words, ensure_ascii=False))
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{said["title"]}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css">
<script src="app.js" defer></script></head><body data-words="{data}">
<header><h1 id="job">{said["title"]}</h1>
<nav><span id="products"><button id="tab-tags" aria-pressed="true">{said["tags"]}</button></span>
<button id="tab-phone" aria-pressed="false">{said["phone"]}</button>
<a href="?lang={other}" lang="{other}">{said["other"]}</a></nav></header>
<p id="broken" role="alert" hidden><strong>{said["broken"]}</strong> <span></span></p>
<p id="lost" role="alert" hidden>{said["lost"]}</p>
<details id="size"><summary>{said["size"]}</summary><label>{said["card"]}
<input id="scale" type="range" min="2" max="8" step="0.01"></label><div id="card"></div></details>
<section id="general" hidden><h2>{said["general"]}</h2><ul></ul></section>
<main id="tags"></main>
<section id="phone" hidden><label>{said["unit"]} <select id="which"></select></label>
<iframe id="frame" title="{said["phone"]}" sandbox></iframe></section>
</body></html>
"""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


STYLE = """\
:root{color-scheme:light;font:16px/1.45 "Segoe UI",system-ui,sans-serif}
body{margin:0 auto;max-width:76rem;padding:1rem;color:#111;background:#fff}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:baseline;justify-content:space-between}
h1{font-size:1.25rem;margin:0}h2{font-size:1rem;margin:0 0 .25rem}
button,select{font:inherit;padding:.3rem .8rem;border:1px solid #767676;border-radius:4px;background:#fff;color:#111}
button[aria-pressed=true]{background:#111;color:#fff;border-color:#111}
#broken,#lost{background:#b00020;color:#fff;padding:.75rem 1rem;margin:.75rem 0;position:sticky;top:0;border-radius:4px}
[hidden]{display:none!important}
#card{height:3.4rem;background:#ddd;border-radius:8px;margin:.5rem 0}
article{border-top:1px solid #ccc;padding:.9rem 0;display:grid;grid-template-columns:minmax(0,auto) minmax(16rem,1fr);
gap:1.5rem}
article img{display:block;max-width:100%;height:auto}
article h2 small{font-weight:400;color:#555;margin-left:.5rem}
ul{margin:0;padding:0;list-style:none}li{margin:0 0 .4rem}
li strong{margin-right:.4rem}li.error strong{color:#b00020}li.warning strong{color:#8a4b00}
li code{color:#555;margin-left:.4rem}details.why{color:#333}details.why p{white-space:pre-line;margin:.25rem 0}
.none{color:#555}
iframe{width:390px;max-width:100%;height:844px;border:1px solid #767676;border-radius:8px;display:block;
margin-top:.5rem}
@media(max-width:50rem){article{grid-template-columns:1fr}}
"""

SCRIPT = """\
'use strict';
const words = JSON.parse(document.body.dataset.words);
const spoken = 'lang=' + document.documentElement.lang;
const at = id => document.getElementById(id);
const shown = new Map();
let version = -1, unit = '', active = '', last = null;
const stored = Number(localStorage.getItem('keytag-px-per-mm'));
at('scale').value = stored >= 2 && stored <= 8 ? stored : 96 / 25.4;

function make(tag, text, name) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (name) node.className = name;
  return node;
}
function sized() {
  const scale = Number(at('scale').value);
  at('card').style.width = 85.6 * scale + 'px';
  for (const each of document.querySelectorAll('#tags img')) each.style.width = each.dataset.mm * scale + 'px';
}
at('scale').addEventListener('input', () => { localStorage.setItem('keytag-px-per-mm', at('scale').value); sized(); });

function listed(list, findings, checked) {
  const key = JSON.stringify([findings, checked]);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren();
  for (const finding of findings) {
    const item = make('li', '', finding.severity);
    item.append(make('strong', words[finding.severity]), finding.message, make('code', finding.place));
    if (finding.why) {
      const why = make('details', '', 'why');
      why.append(make('summary', finding.id), make('p', finding.why));
      item.append(why);
    }
    list.append(item);
  }
  if (!findings.length) list.append(make('li', checked ? words.nothing : words.checking, 'none'));
}
function tabs(products) {
  const names = JSON.stringify(products.map(each => each.name));
  if (!products.length || at('products').dataset.names === names) return;
  at('products').dataset.names = names;
  if (!products.some(each => each.name === active)) active = products[0].name;
  at('products').replaceChildren(...products.map(each => {
    const button = make('button', each.name || words.tags);
    button.id = each.name ? 'tab-' + each.name : 'tab-tags';
    button.dataset.name = each.name;
    button.addEventListener('click', () => tab(false, each.name));
    return button;
  }));
}
function show(state) {
  last = state;
  at('broken').hidden = !state.broken;
  at('broken').lastElementChild.textContent = state.broken;
  if (state.job) { at('job').textContent = state.job; document.title = state.job; }
  tabs(state.products);
  const product = state.products.find(each => each.name === active);
  if (product) drawn(product);
  pressed();
  sized();
  framed(state.version);
}
function drawn(product) {
  at('general').hidden = !product.general.length;
  listed(at('general').lastElementChild, product.general, product.checked);
  if (at('tags').dataset.product !== product.name) {
    at('tags').dataset.product = product.name;
    at('tags').replaceChildren();
    shown.clear();
  }
  const keys = new Set(product.units.map(each => each.key));
  for (const [key, box] of shown) if (!keys.has(key)) { box.remove(); shown.delete(key); }
  let before = null;
  for (const each of product.units) {
    let box = shown.get(each.key);
    if (!box) {
      box = make('article');
      box.id = 'unit-' + each.key;
      const image = make('img');
      image.loading = 'lazy';
      const beside = make('div');
      beside.append(make('h2'), make('ul'));
      box.append(image, beside);
      shown.set(each.key, box);
    }
    const [image, beside] = box.children;
    const of = product.name ? '&product=' + encodeURIComponent(product.name) : '';
    const address = 'tag/' + encodeURIComponent(each.key) + '.svg?' + each.digest + of;
    if (image.getAttribute('src') !== address) image.setAttribute('src', address);
    image.alt = each.title;
    image.dataset.mm = each.width;
    const aside = each.fingerprint + ' · ' + each.tags + ' ' + words.count;
    beside.firstElementChild.replaceChildren(each.title, make('small', aside));
    listed(beside.lastElementChild, each.findings, product.checked);
    const next = before ? before.nextElementSibling : at('tags').firstElementChild;
    if (next !== box) at('tags').insertBefore(box, next);
    before = box;
  }
  const names = JSON.stringify(product.pages.map(each => [each.key, each.title]));
  if (at('which').dataset.names !== names) {
    at('which').dataset.names = names;
    at('which').replaceChildren(...product.pages.map(each => new Option(each.title, each.key)));
    if (product.pages.some(each => each.key === unit)) at('which').value = unit;
  }
}
function framed(number) {
  unit = at('which').value;
  if (!at('phone').hidden && unit) at('frame').src = 'phone/' + encodeURIComponent(unit) + '?' + spoken + '&' + number;
}
at('which').addEventListener('change', () => framed(version));
function pressed() {
  const phone = !at('phone').hidden;
  for (const each of at('products').children) {
    each.setAttribute('aria-pressed', String(!phone && (each.dataset.name || '') === active));
  }
  at('tab-phone').setAttribute('aria-pressed', String(phone));
}
function tab(phone, name) {
  at('phone').hidden = !phone;
  at('tags').hidden = phone;
  if (name !== undefined) active = name;
  if (last) show(last);
}
at('tab-phone').addEventListener('click', () => tab(true));
async function ask() {
  try {
    const answer = await fetch('state.json?after=' + version + '&' + spoken, { cache: 'no-store' });
    if (answer.status === 200) {
      const state = await answer.json();
      version = state.version;
      show(state);
    }
    at('lost').hidden = true;
    setTimeout(ask, 150);
  } catch {
    at('lost').hidden = false;
    setTimeout(ask, 1000);
  }
}
ask();
"""
