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

const isNumber = (type) => /^(int|float|numeric)/.test(type);

function shown(cell, column) {
  if (cell === null) return "";
  if (!isNumber(column.type)) return String(cell);
  const money = /sales|price|amount|value|revenue|average|median|margin|discount|spent/.test(column.name);
  return Number(cell).toLocaleString(undefined, money ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : {});
}

function drawTable(parent, data) {
  const scroll = add(parent, "div", "scroll");
  scroll.tabIndex = 0;
  const table = add(scroll, "table");
  const head = add(add(table, "thead"), "tr");
  for (const column of data.columns) {
    add(head, "th", isNumber(column.type) ? "number" : "", column.name.replaceAll("_", " ")).scope = "col";
  }
  const body = add(table, "tbody");
  for (const row of data.rows) {
    const line = add(body, "tr");
    row.forEach((cell, n) => add(line, "td", isNumber(data.columns[n].type) ? "number" : "", shown(cell, data.columns[n])));
  }
  if (data.chart) drawChart(parent, data);
  const how = add(parent, "details");
  add(how, "summary", "", `How I got this (${data.rows.length} rows${data.truncated ? ", cut" : ""}, ${Math.round(data.ms)} ms)`);
  add(how, "pre", "", data.sql).tabIndex = 0;
  const save = add(parent, "button", "quiet", "Download CSV");
  save.type = "button";
  save.addEventListener("click", () => download(data));
}

function drawChart(parent, data) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 600 180");
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("role", "img");
  const y = data.chart.y[data.chart.y.length - 1];
  picture.setAttribute("aria-label", `${data.columns[y].name} by ${data.columns[data.chart.x].name}; the table has the figures`);
  const values = data.rows.map((row) => Number(row[y] ?? 0));
  const most = Math.max(...values, 0) || 1;
  const height = (value) => (170 * Math.max(value, 0)) / most;
  const wide = 600 / values.length;
  if (data.chart.kind === "line") {
    const line = document.createElementNS(space, "polyline");
    line.setAttribute("points", values.map((value, n) => `${n * wide + wide / 2},${175 - height(value)}`).join(" "));
    picture.append(line);
  } else {
    values.forEach((value, n) => {
      const bar = document.createElementNS(space, "rect");
      bar.setAttribute("x", n * wide + wide * 0.1);
      bar.setAttribute("width", wide * 0.8);
      bar.setAttribute("y", 175 - height(value));
      bar.setAttribute("height", height(value));
      picture.append(bar);
    });
  }
  parent.append(picture);
}

function download(data) {
  const safe = (cell) => {
    const words = String(cell ?? "");
    return `"${(/^[=+\-@\t\r]/.test(words) && typeof cell === "string" ? "'" + words : words).replaceAll('"', '""')}"`;
  };
  const lines = [data.columns.map((column) => column.name), ...data.rows].map((row) => row.map(safe).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/csv" }));
  link.download = "motabot.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

function drawAction(parent, action) {
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
  add(what, "pre", "", JSON.stringify(action.facts, null, 2)).tabIndex = 0;
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
  else if (kind === "text") {
    place.status.textContent = "";
    place.said.textContent = data.text;
    for (const problem of data.problems) add(place.body, "p", "dim", problem);
  } else if (kind === "done") chat = data.chat;
  else if (kind === "error") fail(place, data.detail);
}

function fail(place, words) {
  place.status.textContent = "";
  add(place.body, "p", "bad", words).setAttribute("role", "alert");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (!question) return;
  field.value = "";
  add(talk, "p", "question", question);
  const place = { said: add(talk, "p", "said"), status: add(talk, "p", "dim", "Thinking ..."), body: add(talk, "div") };
  form.querySelector("button").disabled = true;
  try {
    const answer = await post("/console/ask", { question, chat });
    if (!answer.ok) {
      fail(place, (await answer.json()).detail);
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
        take(first.slice(7), JSON.parse(second.slice(6)), place);
      }
    }
  } catch {
    fail(place, "The connection broke. Ask again.");
  } finally {
    form.querySelector("button").disabled = false;
    place.body.scrollIntoView({ block: "nearest" });
    field.focus();
  }
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});
