// The room works as a plain form; with this, a lever that moves plans anew, and the answer is put in where it belongs.
const room = document.getElementById("room");
const form = document.getElementById("levers");
const told = document.getElementById("told");
const { ask, page, root, csrf } = room.dataset;
const code = document.documentElement.lang;
let timer, idle, asking, job, shown;

const number = (value, digits) => new Intl.NumberFormat(code, { maximumSignificantDigits: digits }).format(value);
const large = (value) => new Intl.NumberFormat(code, { notation: "compact", minimumSignificantDigits: 5, maximumSignificantDigits: 5 }).format(value);
const headers = { "X-CSRF-Token": csrf, Accept: "application/json, text/html" };

function fields() {
  const data = new URLSearchParams(new FormData(form));
  data.delete("csrf");
  return data;
}

// A range keeps round numbers while it is moved, and any number that a link brought.
function moved(input) {
  const lever = input.closest(".lv");
  if (!lever || input.type !== "range") return;
  const step = Number(lever.dataset.step);
  const value = Math.round(Number(input.value) / step) * step;
  input.value = Number(Math.min(Number(input.max), value).toPrecision(12));
  const lifted = document.getElementById("n-" + input.name);
  if (lifted) lifted.checked = false;
  tell(lever, input);
}

function tell(lever, input) {
  const standing = Number(lever.dataset.standing);
  const lifted = document.getElementById("n-" + input.name);
  const isYear = input.name === "base_year";
  lever.classList.toggle("off", Boolean(lifted?.checked));
  const value = standing ? (standing * Number(input.value)) / 100 : Number(input.value);
  lever.querySelector("output span").textContent = lifted?.checked ? "" : lever.dataset.unit;
  lever.querySelector("output b").textContent = lifted?.checked ? room.dataset.none : isYear ? input.value : number(value, standing ? 3 : 6);
}

function stopOthers() {
  asking?.abort();
  clearTimeout(idle);
  if (job) fetch(job.cancel, { method: "POST", headers, keepalive: true });
  job?.source?.close();
  job = undefined;
}

function status(text, isBusy) {
  room.classList.toggle("busy", isBusy);
  const line = document.querySelector("#solve .st");
  if (line) line.textContent = text;
  const stop = document.getElementById("stop");
  if (stop) stop.hidden = !isBusy || !job;
}

async function problem(response) {
  try {
    const said = await response.json();
    return [said.title, said.detail, ...(said.issues ?? []).map((issue) => issue.text)].filter(Boolean).join(": ");
  } catch {
    return room.dataset.failed;
  }
}

// Asks, follows the search if it takes longer, and hands the answer on.
async function question(name, data, onAnswer, isMain) {
  const control = new AbortController();
  asking = control;
  let response = await fetch(`${ask}/${name}`, { method: "POST", headers, body: data, signal: control.signal });
  if (response.status === 202) {
    const begun = await response.json();
    if (control.signal.aborted) return void fetch(begun.cancel, { method: "POST", headers });
    job = begun;
    const ended = await follow(begun, isMain);
    if (ended === "gone") return;
    response = await fetch(begun.answer, { headers, signal: control.signal });
    job = undefined;
  }
  if (!response.ok) return status(await problem(response), false);
  onAnswer(await response.text(), response.headers.get("X-Room-State") ?? "");
}

function follow(begun, isMain) {
  return new Promise((resolve) => {
    const source = new EventSource(begun.events);
    begun.source = source;
    const curve = [];
    source.addEventListener("waiting", () => isMain && status(room.dataset.waiting, true));
    source.addEventListener("progress", (event) => isMain && progress(JSON.parse(event.data), curve));
    for (const name of ["done", "cancelled", "failed"]) {
      source.addEventListener(name, () => (source.close(), resolve(name)));
    }
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) resolve("gone");
    };
  });
}

function progress(now, curve) {
  const parts = [`${room.dataset.solving} ${number(now.seconds, 2)} s`];
  if (now.incumbent != null) parts.push(`${room.dataset.plan} ${large(now.incumbent)}`);
  if (now.bound != null && Number.isFinite(now.bound)) parts.push(`${room.dataset.bound} ${large(now.bound)}`);
  status(parts.join(" · "), true);
  if (now.incumbent == null || now.bound == null) return;
  curve.push(now);
  const line = document.querySelector("#solve");
  let drawing = line.querySelector(".cv");
  if (!drawing) {
    drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "cv");
    drawing.setAttribute("viewBox", "0 0 240 32");
    drawing.setAttribute("aria-hidden", "true");
    drawing.innerHTML = '<path class="c2"/><path class="c1"/>';
    line.querySelector(".st").after(drawing);
  }
  const low = Math.min(...curve.map((point) => point.incumbent));
  const high = Math.max(...curve.map((point) => point.bound));
  const last = curve[curve.length - 1].seconds || 1;
  const at = (point, value) => `${((point.seconds / last) * 236 + 2).toFixed(1)} ${(30 - ((value - low) / (high - low || 1)) * 28).toFixed(1)}`;
  const [bound, plan] = drawing.children;
  bound.setAttribute("d", "M" + curve.map((point) => at(point, point.bound)).join("L"));
  plan.setAttribute("d", "M" + curve.map((point) => at(point, point.incumbent)).join("L"));
}

// Puts the parts of an answer in, each where the page has one of its id; what had the focus keeps it.
function swap(html) {
  const focus = document.activeElement?.id;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const open = ["kept", "choice"].filter((id) => document.getElementById(id)?.open);
  for (const id of ["solve", "plan", "figures", "below"]) {
    const part = fresh.getElementById(id);
    if (part) document.getElementById(id).replaceWith(document.adoptNode(part));
  }
  for (const id of open) if (id !== "choice" && document.getElementById(id)) document.getElementById(id).open = true;
  room.classList.remove("busy");
  tabs(shown);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  return fresh.getElementById("summary")?.textContent;
}

function settle(html, state, isBack) {
  told.textContent = swap(html) ?? "";
  if (!isBack) history.replaceState(null, "", page + state);
  const here = document.querySelector(".lang input[name=next]");
  if (here) here.value = (page + state).slice(root.length);
  performance.mark("lichen-plan");
  room.dataset.state = state;
  room.dataset.plans = Number(room.dataset.plans ?? 0) + 1;
  idle = setTimeout(trade, 500);
}

function plan() {
  stopOthers();
  room.classList.add("busy");
  question("plan", fields(), settle, true).catch((error) => {
    if (error.name !== "AbortError") status(room.dataset.failed, false);
  });
}

// The trade-off comes by itself once nobody moves anything; who stopped a search does not want the next one.
function trade() {
  const place = document.getElementById("front");
  if (!place || place.childElementCount || !document.querySelector("#solve .vf") || document.querySelector("#solve[data-stopped]")) return;
  question("front", fields(), (html) => (place.innerHTML = html), false).catch(() => {});
}

function choice() {
  const place = document.getElementById("choice-body");
  if (place.childElementCount) return;
  clearTimeout(idle);
  question("choice", fields(), (html) => (place.innerHTML = html), false).catch(() => {});
}

function tabs(name = "map") {
  const list = document.querySelector("#plan .tabs");
  if (!list) return;
  list.hidden = false;
  shown = name;
  for (const each of ["map", "flow"]) {
    const tab = document.getElementById("tab-" + each);
    const isOn = each === name;
    tab.setAttribute("aria-selected", String(isOn));
    tab.tabIndex = isOn ? 0 : -1;
    document.getElementById("pane-" + each).hidden = !isOn;
  }
}

// A state that is not the form's: the page of its link is read, and the form put in with it.
async function visit(address) {
  stopOthers();
  room.classList.add("busy");
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const levers = fresh.getElementById("levers");
  if (!response.ok || !levers || !fresh.getElementById("summary")) return void (location.href = address);
  const focus = document.activeElement?.id;
  form.replaceChildren(...document.adoptNode(levers).childNodes);
  history.pushState(null, "", address);
  settle(fresh.getElementById("room").outerHTML, new URL(address, location.href).search);
  for (const input of form.querySelectorAll(".lv input[type=range]")) show(input);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

function show(input) {
  const lifted = document.getElementById("n-" + input.name);
  input.closest(".lv").classList.toggle("off", Boolean(lifted?.checked));
}

form.addEventListener("input", (event) => {
  moved(event.target);
  if (event.target.name?.startsWith("new.") && !form.elements["new.blueprint"].value) return;
  if (event.target.value === "none") {
    const range = document.getElementById("l-" + event.target.name);
    if (range) tell(range.closest(".lv"), range);
  }
  clearTimeout(timer);
  timer = setTimeout(plan, event.target.type === "number" ? 600 : 120);
});
// A range without steps of its own moves by hundredths of its width, which rounding would take back.
form.addEventListener("keydown", (event) => {
  const input = event.target;
  const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
  if (input.type !== "range" || !way) return;
  event.preventDefault();
  input.value = Number(input.value) + way * Number(input.closest(".lv").dataset.step);
  input.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  plan();
});
// A lifted limit holds whatever the slider says: it stands behind it in the form.
document.addEventListener("click", (event) => {
  const point = event.target.closest?.("a.pt");
  if (point) {
    event.preventDefault();
    visit(point.getAttribute("href"));
  } else if (event.target.id === "stop" && job) {
    fetch(job.cancel, { method: "POST", headers });
    told.textContent = room.dataset.stopped;
  } else if (event.target.getAttribute?.("role") === "tab") {
    tabs(event.target.id.slice(4));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.target.getAttribute?.("role") !== "tab" || !event.key.startsWith("Arrow")) return;
  tabs(event.target.id === "tab-map" ? "flow" : "map");
  document.getElementById("tab-" + shown).focus();
});
document.addEventListener("toggle", (event) => event.target.id === "choice" && event.target.open && choice(), true);
addEventListener("popstate", () => location.reload());
addEventListener("pagehide", stopOthers);

for (const input of form.querySelectorAll(".lv input[type=range]")) show(input);
tabs();
if (room.dataset.job) {
  job = { cancel: room.dataset.job + "/cancel", events: room.dataset.job + "/events" };
  follow(job, true).then(async () => {
    job = undefined;
    plan();
  });
} else {
  idle = setTimeout(trade, 400);
}
