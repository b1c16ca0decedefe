// Carries the chat's stream into the page. Words of the data are only ever set as text.
"use strict";

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const field = document.getElementById("question");
const csrf = document.querySelector("meta[name=csrf]").content;
let chat = null;

function post(path, body) {
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
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
  const { before, after, notes, warnings, from, last_from, ...rest } = action.facts; // "after" says when
  if (before && after) {
    const change = add(card, "dl", "change");
    for (const [key, value] of [["Now", before], ["Then", after]]) {
      add(change, "dt", "", key);
      drawFacts(add(change, "dd"), value);
    }
  }
  for (const note of notes ?? []) add(card, "p", "", note);
  for (const warning of warnings ?? []) add(card, "p", "bad", warning);
  const what = add(card, "details");
  what.open = true;
  add(what, "summary", "", "What it does");
  drawFacts(what, rest);
  const asked = add(card, "details");
  asked.open = !before;
  add(asked, "summary", "", "What was asked for");
  drawFacts(asked, action.arguments);
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
