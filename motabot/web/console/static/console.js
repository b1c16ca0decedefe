// Carries the chat's stream into the page. Words of the data are only ever set as text.
"use strict";

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const field = document.getElementById("question");
const csrf = document.querySelector("meta[name=csrf]").content;
let chat = null;

function add(parent, tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  parent.append(made);
  return made;
}

function post(path, body) {
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

const numeric = new Set(["count", "number", "money", "percent"]);
const written = {
  count: new Intl.NumberFormat("en-US"),
  number: new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }),
  percent: new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }),
  money: new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }),
};

// on a chart's axis
const short = {
  money: new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", notation: "compact" }),
  other: new Intl.NumberFormat("en-US", { notation: "compact" }),
};

// "0:07:00" as "7 min": the two largest units, as motabot/staff/formats.py has it
function duration(words) {
  const found = /^(?:(-?\d+) days?, )?(\d+):(\d+):(\d+)(?:\.\d+)?$/.exec(words);
  if (!found) return words;
  const parts = ["d", "h", "min", "s"].map((unit, n) => [Number(found[n + 1] ?? 0), unit]);
  let first = parts.findIndex(([many]) => many);
  if (first < 0) first = 3;
  const last = first < 2 ? first + 1 : first;
  return parts.slice(first, last + 1).filter(([many]) => many || last === first).map((each) => each.join(" ")).join(" ");
}

function shown(cell, format) {
  if (cell === null) return "";
  if (format === "moment") return String(cell).slice(0, 16).replace("T", " ");
  if (format === "duration") return duration(String(cell));
  if (!numeric.has(format)) return String(cell);
  return written[format].format(Number(cell)) + (format === "percent" ? "%" : "");
}

function fill(parent, cell, column) {
  const words = shown(cell, column.format);
  const page = { customer: "customers", phone: "inbox" }[column.format];
  if (!page || !words) {
    parent.textContent = words;
    return;
  }
  const link = add(parent, "a", "", words);
  link.href = `/console/${page}/${encodeURIComponent(words)}`;
}

function drawTable(parent, data) {
  if (data.title) add(parent, "h2", "", data.title);
  if (data.rows.length === 1 && data.columns.length > 6) drawCard(parent, data);
  else if (data.rows.length) drawRows(parent, data);
  else add(parent, "p", "dim", "Nothing.");
  if (data.chart) drawChart(parent, data);
  const how = add(parent, "details");
  add(how, "summary", "", `How I got this (${data.rows.length} rows${data.truncated ? ", cut" : ""}, ${Math.round(data.ms)} ms)`);
  add(how, "pre", "", data.sql).tabIndex = 0;
  if (!data.rows.length) return;
  const save = add(parent, "button", "quiet", "Download CSV");
  save.type = "button";
  save.addEventListener("click", () => download(data));
}

function drawCard(parent, data) {
  const list = add(parent, "dl", "card");
  data.rows[0].forEach((cell, n) => {
    if (cell === null) return;
    add(list, "dt", "", data.columns[n].name.replaceAll("_", " "));
    fill(add(list, "dd"), cell, data.columns[n]);
  });
}

function drawRows(parent, data) {
  const scroll = add(parent, "div", "scroll");
  scroll.tabIndex = 0;
  const table = add(scroll, "table");
  const head = add(add(table, "thead"), "tr");
  const side = (column) => (numeric.has(column.format) ? "number" : "");
  for (const column of data.columns) add(head, "th", side(column), column.name.replaceAll("_", " ")).scope = "col";
  const body = add(table, "tbody");
  for (const row of data.rows) {
    const line = add(body, "tr");
    row.forEach((cell, n) => fill(add(line, "td", side(data.columns[n])), cell, data.columns[n]));
  }
}

function drawChart(parent, data) {
  const { kind, x, y, series: part, unit, running } = data.chart;
  const drawn = data.chart.rows ? data.chart.rows.map((n) => data.rows[n]) : data.rows;
  const monthly = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });
  const label = (cell) => {
    if (cell === null) return "none";
    return unit === "month" ? monthly.format(new Date(`${String(cell).slice(0, 10)}T00:00:00Z`)) : shown(cell, data.columns[x].format);
  };
  const keys = [...new Set(drawn.map((row) => row[x]))];
  const labels = keys.map((key, n) => label(key) + (running && n === keys.length - 1 ? " (so far)" : ""));
  const box = add(parent, "div", "chart");
  const canvas = add(box, "canvas");
  canvas.setAttribute("role", "img");
  const names = y.map((n) => data.columns[n].name.replaceAll("_", " "));
  canvas.setAttribute("aria-label", `${names.join(", ")} by ${data.columns[x].name.replaceAll("_", " ")}; the table has the figures`);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ink = ["--main", "--second", "--third", "--dim"];
  const sideways = kind === "ranking";
  const most = box.clientWidth < 500 ? 16 : 32; // letters of a name beside its bar; the tooltip has all of it
  const brief = (words) => (words.length > most ? `${words.slice(0, most - 1)}\u2026` : words);
  const values = sideways ? "x" : "y";
  // series of one unit share the left axis; another unit has the right one
  const units = [...new Set(y.map((n) => data.columns[n].format))];
  const axis = (unit, position) => ({
    position,
    beginAtZero: true,
    ticks: { color: colour("--dim"), callback: (value) => short[unit === "money" ? "money" : "other"].format(value) },
    grid: { color: position === "right" ? "transparent" : colour("--line") },
  });
  const scales = { [sideways ? "y" : "x"]: { ticks: { color: colour("--dim"), autoSkip: !sideways, maxRotation: 45, callback(value) { return brief(this.getLabelForValue(value)); } }, grid: { display: false } } };
  units.slice(0, sideways ? 1 : 2).forEach((unit, n) => (scales[n ? "y1" : values] = axis(unit, sideways ? "bottom" : n ? "right" : "left")));
  // a long result has a series for each value of its second label; a wide one, for each of its measures
  const parts = part === undefined ? null : [...new Set(drawn.map((row) => row[part]))];
  const lines = parts ? parts.map((value) => [value ?? "none", y[0], drawn.filter((row) => row[part] === value)])
    : (sideways ? y.slice(0, 1) : y).map((n) => [data.columns[n].name.replaceAll("_", " "), n, drawn]);
  const series = lines.map(([name, n, rows], place) => ({
    label: name,
    data: keys.map((key) => {
      const row = rows.find((each) => each[x] === key);
      return row === undefined || row[n] === null ? null : Number(row[n]);
    }),
    borderColor: colour(ink[place % ink.length]),
    backgroundColor: colour(ink[place % ink.length]),
    borderDash: place < ink.length ? [] : [6, 3],
    pointRadius: keys.length > 60 ? 0 : 3,
    tension: 0.2,
    [sideways ? "xAxisID" : "yAxisID"]: units.indexOf(data.columns[n].format) ? "y1" : values,
  }));
  if (sideways) box.style.height = `${Math.max(8, 2 + keys.length * (parts ? parts.length : 1) * 1.6)}rem`;
  new Chart(canvas, {
    type: kind === "line" ? "line" : "bar",
    data: { labels, datasets: series },
    options: {
      indexAxis: sideways ? "y" : "x",
      animation: false,
      maintainAspectRatio: false,
      plugins: {
        legend: { display: series.length > 1, labels: { color: colour("--ink") } },
        tooltip: { callbacks: { label: (point) => `${point.dataset.label}: ${shown(point.raw, data.columns[lines[point.datasetIndex][1]].format)}` } },
      },
      scales,
    },
  });
}

function download(data) {
  const safe = (cell) => {
    const words = String(cell ?? "");
    return `"${(/^(?![+-][\d.]+$)[=+\-@\t\r]/.test(words) && typeof cell === "string" ? "'" + words : words).replaceAll('"', '""')}"`;
  };
  const lines = [data.columns.map((column) => column.name), ...data.rows].map((row) => row.map(safe).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/csv" }));
  link.download = "motabot.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

// the same form as templates/facts.html: fields, lists, and tables of like rows
function drawFacts(parent, value) {
  const words = (each) => ({ true: "yes", false: "no", null: "none" })[String(each)] ?? String(each);
  if (Array.isArray(value) && typeof value[0] === "object" && value[0] !== null) {
    const fold = add(parent, "details");
    add(fold, "summary", "", String(value.length));
    const columns = Object.keys(value[0]).map((name) => ({ name, format: "text" }));
    drawRows(fold, { columns, rows: value.map((row) => Object.values(row).map(words)) });
  } else if (Array.isArray(value)) {
    const list = add(parent, "ul");
    for (const each of value) add(list, "li", "", words(each));
  } else if (typeof value === "object" && value !== null) {
    const list = add(parent, "dl");
    for (const [key, each] of Object.entries(value)) {
      if (each === null || (typeof each === "object" && !Object.keys(each).length)) continue;
      add(list, "dt", "", key.replaceAll("_", " "));
      drawFacts(add(list, "dd"), each);
    }
  } else add(parent, "span", "", words(value));
}

function drawAction(parent, action, isOpen = true) {
  const card = add(parent, "section", "card");
  const title = add(card, "h2", "", `${action.name.replaceAll("_", " ")} `);
  const state = add(title, "span", "tag", action.status);
  const list = add(card, "dl");
  for (const [key, value] of Object.entries(action.arguments)) {
    if (value === null) continue;
    add(list, "dt", "", key);
    add(list, "dd", "", String(value));
  }
  const what = add(card, "details");
  what.open = true;
  add(what, "summary", "", "What it does");
  drawFacts(what, action.facts);
  if (!isOpen) {
    add(card, "a", "", "See what became of it").href = "/console/actions";
    state.remove();
    return;
  }
  const row = add(card, "div", "row");
  for (const [decision, label] of [["approve", "Approve"], ["reject", "Reject"]]) {
    const button = add(row, "button", decision === "reject" ? "quiet" : "", label);
    button.type = "button";
    button.addEventListener("click", async () => {
      row.querySelectorAll("button").forEach((each) => (each.disabled = true));
      const answer = await post(`/console/actions/${action.id}/${decision}`, { hash: action.hash });
      const said = await answer.json();
      state.textContent = answer.ok ? said.status : "refused";
      if (!answer.ok) add(card, "p", "bad", said.detail).setAttribute("role", "alert");
    });
  }
}

function take(kind, data, place) {
  if (kind === "tool") place.status.textContent = `Looking it up (${data.name.replaceAll("_", " ")}) ...`;
  else if (kind === "table") drawTable(place.body, data);
  else if (kind === "action") drawAction(place.body, data);
  else if (kind === "restart") {
    place.body.replaceChildren(); // a model failed on the way: the next one begins anew
    place.said.textContent = "";
  } else if (kind === "words") {
    place.status.textContent = "";
    place.said.textContent = [...place.said.textContent].slice(0, data.from).join("") + data.text; // in characters, not UTF-16
  } else if (kind === "text") {
    place.status.textContent = "";
    place.said.textContent = data.text;
    for (const problem of data.problems) add(place.body, "p", "dim", problem);
  } else if (kind === "done") {
    chat = data.chat;
    history.replaceState(null, "", `?chat=${chat}`); // so that a reload goes on with it
  }
  else if (kind === "error") fail(place, data.detail);
}

function fail(place, words) {
  place.status.textContent = "";
  add(place.body, "p", "bad", words).setAttribute("role", "alert");
}

function place() {
  return { said: add(talk, "p", "said"), status: add(talk, "p", "dim"), body: add(talk, "div") };
}

async function resume(number) {
  const answer = await fetch(`/console/chats/${number}`);
  if (!answer.ok) return;
  for (const message of (await answer.json()).messages) {
    if (message.role === "user") {
      add(talk, "p", "question", message.text);
      continue;
    }
    const shown = place();
    for (const table of message.tables) take("table", table, shown);
    for (const action of message.actions) drawAction(shown.body, action, false); // decided under Actions, as it is now
    take("text", message, shown);
  }
  chat = number;
}

const earlier = Number(new URLSearchParams(location.search).get("chat"));
if (earlier) resume(earlier);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (!question) return;
  field.value = "";
  add(talk, "p", "question", question);
  const shown = place();
  shown.status.textContent = "Thinking ...";
  form.querySelector("button").disabled = true;
  try {
    const answer = await post("/console/ask", { question, chat });
    if (!answer.ok) {
      fail(shown, (await answer.json()).detail);
      return;
    }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      for (const part of parts) {
        const [first, second] = part.split("\n");
        take(first.slice(7), JSON.parse(second.slice(6)), shown);
      }
    }
  } catch {
    fail(shown, "The connection broke. Ask again.");
  } finally {
    form.querySelector("button").disabled = false;
    shown.body.scrollIntoView({ block: "nearest" });
    field.focus();
  }
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// Until here a question would have gone nowhere.
form.querySelectorAll("[disabled]").forEach((each) => (each.disabled = false));
field.focus();
