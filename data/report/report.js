(function () {
"use strict";
var D = document, form = D.getElementById("flt"), marks = {}, lit = [];
function list(selector, root) { return Array.prototype.slice.call((root || D).querySelectorAll(selector)); }
function ranks(e) { return e.getAttribute("data-x").split(" "); }

// Ledgers stand open on paper.
addEventListener("beforeprint", function () {
  list("details.x,details.pr").forEach(function (d) { d.open = true; });
});

// One exchange in all drawings and tables.
var marked = list("[data-x]");
marked.forEach(function (e) {
  ranks(e).forEach(function (r) { (marks[r] = marks[r] || []).push(e); });
});
function clear() {
  lit.forEach(function (e) { e.classList.remove("hi"); });
  lit = [];
  D.body.classList.remove("hl");
}
function light(event) {
  var e = event.target.closest ? event.target.closest("[data-x]") : null;
  if (!e) { if (lit.length) { clear(); } return; }
  if (lit.length && lit.source === e) { return; }
  clear();
  ranks(e).forEach(function (r) {
    (marks[r] || []).forEach(function (m) { m.classList.add("hi"); lit.push(m); });
  });
  lit.source = e;
  D.body.classList.add("hl");
}
D.addEventListener("pointerover", light);
D.addEventListener("focusin", light);
D.addEventListener("keydown", function (event) { if (event.key === "Escape") { clear(); } });

// Filter and order.
var rows = list("details.x");
function apply() {
  var material = form.elements.m.value, firm = form.elements.e.value, status = form.elements.s.value;
  var isAll = !material && !firm && !status, shown = {}, count = 0;
  rows.forEach(function (row) {
    var fits = (!material || row.getAttribute("data-m") === material)
      && (!firm || row.getAttribute("data-e").split(" ").indexOf(firm) >= 0)
      && (!status || row.getAttribute("data-s") === status);
    if (fits) { shown[row.getAttribute("data-x")] = true; count += 1; }
  });
  marked.forEach(function (e) {
    e.classList.toggle("off", !isAll && !ranks(e).some(function (r) { return shown[r]; }));
  });
  form.querySelector("output").textContent = form.querySelector(".tp").textContent
    .replace("{count}", count).replace("{all}", rows.length);
}
function order() {
  var key = form.elements.o.value;
  if (!rows.length) { return; }
  var parent = rows[0].parentNode, end = list("details.x", parent).pop().nextSibling;
  rows.slice().sort(function (a, b) {
    var byRank = a.getAttribute("data-x") - b.getAttribute("data-x");
    return key ? b.getAttribute("data-" + key) - a.getAttribute("data-" + key) || byRank : byRank;
  }).forEach(function (row) { parent.insertBefore(row, end); });
}
if (form && rows.length) {
  form.hidden = false;
  form.addEventListener("change", function () { apply(); order(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); order(); }); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  apply();
}

// Tables sorted by their headings; rows of sums stay at the end.
var decimal = form ? form.getAttribute("data-d") : ".";
function number(cell) {
  var text = cell.textContent.replace(/\u2212/g, "-").split(decimal === "." ? "," : ".").join("");
  var found = text.replace(decimal, ".").match(/-?[0-9]+(\.[0-9]+)?/);
  return found ? parseFloat(found[0]) : -Infinity;
}
function sort(table, column, heading) {
  var body = table.tBodies[0], isDown = heading.getAttribute("aria-sort") === "ascending";
  var isNumber = /\b(r|no)\b/.test(heading.className);
  var all = Array.prototype.slice.call(body.rows);
  var sums = all.filter(function (row) { return /\b(tot|rest)\b/.test(row.className); });
  var plain = all.filter(function (row) { return sums.indexOf(row) < 0; });
  plain.sort(function (a, b) {
    var x = a.cells[column], y = b.cells[column];
    var way = isNumber ? number(x) - number(y)
      : x.textContent.localeCompare(y.textContent, D.documentElement.lang, { numeric: true });
    return (isDown ? -way : way) || 0;
  });
  plain.concat(sums).forEach(function (row) { body.appendChild(row); });
  list("th[aria-sort]", table).forEach(function (th) { th.removeAttribute("aria-sort"); });
  heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
}
list("table.tt,table.sum,table.cards").forEach(function (table) {
  var head = table.tHead && table.tHead.rows[0], body = table.tBodies[0];
  if (!head || !body) { return; }
  var rows = Array.prototype.slice.call(body.rows).filter(function (row) { return !/\b(tot|rest)\b/.test(row.className); });
  var isPlain = rows.length > 2 && rows.every(function (row) { return row.cells.length === head.cells.length; })
    && !table.querySelector("tbody [colspan],tbody [rowspan]");
  if (!isPlain) { return; }
  Array.prototype.forEach.call(head.cells, function (th, column) {
    if (!th.textContent.trim()) { return; }
    var button = D.createElement("button");
    button.type = "button";
    while (th.firstChild) { button.appendChild(th.firstChild); }
    th.appendChild(button);
    button.addEventListener("click", function () { sort(table, column, th); });
  });
});

// The table of contents closes when left.
var toc = D.querySelector(".toc");
addEventListener("click", function (e) {
  if (toc && toc.open && !e.target.closest(".toc>summary")) { toc.open = false; }
});
addEventListener("keydown", function (e) {
  if (e.key === "Escape" && toc && toc.open) { toc.open = false; toc.firstElementChild.focus(); }
});

// A link to an exchange opens its ledger.
function jump() {
  var target = D.getElementById(location.hash.slice(1));
  if (target && target.matches("details")) { target.open = true; }
}
addEventListener("hashchange", jump);
jump();

// Tables that roll can be reached by keyboard; those that fit need no stop.
function stops() {
  list(".sc").forEach(function (d) {
    if (d.scrollWidth > d.clientWidth) { d.tabIndex = 0; } else { d.removeAttribute("tabindex"); }
  });
}
addEventListener("resize", stops);
stops();
})();
