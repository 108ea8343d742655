import { Answer, create, shorten } from "./answer.js";
import { readEvents } from "./events.js";
import { Spend } from "./spend.js";
import { ToolCalls } from "./tools.js";

const byId = (id) => document.getElementById(id);

const log = byId("log");

const prompt = byId("prompt");

const spend = new Spend();

/** Who answers, and where. */
const partners = {
	chat: { path: "api/chat/stream", placeholder: "Write a message" },
	desk: { path: "api/agent/stream", placeholder: "Ask the desk" }
};

const talks = { chat: talkWith("chat"), desk: talkWith("desk") };

let talk = talks.chat;

let call = null;

function talkWith(partner) {
	return { partner, messages: [], pending: [], tools: new ToolCalls(), elements: [] };
}

function ask(text) {
	log.append(create("div", "message user", text));
	showWelcome();
	return send(talk, [...talk.messages, { role: "user", content: text }]);
}

async function send(talk, messages, decisions) {
	const answer = new Answer(log, follow);
	const steps = [];
	scrollDown();
	const controller = new AbortController();
	setCall(controller);
	try {
		const response = await fetch(partners[talk.partner].path, {
			method: "POST",
			headers: { "Content-Type": "application/json", "Accept": "text/event-stream" },
			body: JSON.stringify({ messages: [...system(talk), ...messages], options: options(), decisions }),
			signal: controller.signal
		});
		if (!response.ok) {
			throw await problemOf(response);
		}
		const completed = await receive(response.body, answer, talk, steps);
		follow(() => answer.complete(completed));
		spend.record(completed);
		showModel(completed);
		remember(talk, messages, completed.content || completed.refusal, completed);
	}
	catch (error) {
		// The question is not answered: the next one starts where this one did
		settle(talk, steps);
		if (controller.signal.aborted) {
			answer.stopped();
			if (talk.partner === "chat") {
				remember(talk, messages, answer.text);
			}
		}
		else {
			follow(() => answer.fail(error.detail ? error : { title: "Connection failed", detail: "The answer did not arrive. Is the service still running?" }));
		}
	}
	finally {
		talk.tools.stop();
		answer.close();
		if (call === controller) {
			setCall(null);
			askForDecisions(talk, answer);
		}
	}
}

async function receive(body, answer, { tools }, steps) {
	for await (const { name, data } of readEvents(body)) {
		if (name === "text") {
			answer.addText(data.text);
		}
		else if (name === "reasoning") {
			answer.addReasoning(data.text);
		}
		else if (name === "tool-call") {
			tools.start(data, answer);
		}
		else if (name === "tool-result") {
			steps.push(data);
			tools.finish(data, answer);
		}
		else if (name === "round") {
			answer.endRound(data);
		}
		else if (name === "completed") {
			return data;
		}
		else if (name === "error") {
			throw data;
		}
	}
	throw { title: "Connection closed", detail: "The answer ended before it was complete." };
}

function remember(talk, messages, content, { messages: whole, pending = [] } = {}) {
	talk.pending = pending;
	if (whole) {
		talk.messages = whole;
	}
	else if (content) {
		talk.messages = [...messages, { role: "assistant", content }];
	}
}

/** What has run must not run again, though there is no answer. */
function settle(talk, steps) {
	const last = talk.messages.findLast((message) => message.role === "assistant");
	const ended = steps.filter((step) => last?.toolCalls?.some((call) => call.id === step.id));
	talk.messages = [...talk.messages, ...ended.map(({ id, result, error }) => ({ role: "tool", toolCallId: id, content: result, error }))];
	talk.pending = talk.pending.filter((call) => !ended.some((step) => step.id === call.id));
}

async function askForDecisions(asked, answer) {
	if (asked.pending.length > 0) {
		const decisions = asked.tools.ask(asked.pending, answer, focusNext);
		focusNext();
		send(asked, asked.messages, await decisions);
	}
}

/** Moves to the next decision, not to one of its buttons: nobody approves by accident. */
function focusNext() {
	const next = log.querySelector(".approval");
	showPlaceholder();
	if (next) {
		next.focus({ preventScroll: true });
		next.scrollIntoView({ block: "nearest" });
	}
	else if (!isTouched()) {
		prompt.focus();
	}
}

function showPlaceholder() {
	prompt.placeholder = log.querySelector(".approval") ? "Approve or refuse first" : partners[talk.partner].placeholder;
}

function isTouched() {
	return matchMedia("(pointer: coarse)").matches;
}

function showWelcome() {
	const begun = log.querySelector(".message") !== null;
	for (const partner of Object.keys(partners)) {
		byId(`welcome-${partner}`).hidden = begun || partner !== talk.partner;
	}
}

/** Shows another talk, and stops what goes on in this one. */
function show(other) {
	call?.abort();
	const elements = [...log.querySelectorAll(":scope > .message")];
	elements.forEach((element) => element.remove());
	talk.elements = elements;
	talk = other;
	log.append(...talk.elements);
	for (const partner of Object.keys(partners)) {
		byId(`talk-${partner}`).setAttribute("aria-pressed", String(partner === talk.partner));
	}
	byId("system-field").hidden = talk.partner === "desk";
	showWelcome();
	showPlaceholder();
	scrollDown();
}

async function problemOf(response) {
	try {
		return await response.json();
	}
	catch {
		return { title: `Status ${response.status}`, detail: "The service gave no reason." };
	}
}

function system({ partner }) {
	if (partner === "desk") {
		// The desk has instructions of its own
		return [];
	}
	const content = byId("system").value.trim();
	return content ? [{ role: "system", content }] : [];
}

function options() {
	const numberOf = (id) => (byId(id).value === "") ? undefined : Number(byId(id).value);
	const effort = byId("reasoning").value;
	return {
		temperature: numberOf("temperature"),
		maxTokens: numberOf("maxTokens"),
		reasoning: effort ? { effort } : undefined
	};
}

function showModel(response) {
	const badge = byId("model");
	badge.textContent = shorten([response.provider, response.model].filter(Boolean).join(" · "), 100);
	badge.title = badge.textContent;
	badge.hidden = false;
}

function setCall(controller) {
	call = controller;
	byId("send").hidden = controller !== null;
	byId("stop").hidden = controller === null;
}

/** Makes a change and keeps the end of the conversation in sight, unless the reader has scrolled away. */
function follow(change) {
	const atEnd = isAtEnd();
	change();
	if (atEnd) {
		scrollDown();
	}
}

/* On a narrow screen the page scrolls, otherwise the log does */
function isPageScrolling() {
	return getComputedStyle(log).overflowY !== "auto";
}

function isAtEnd() {
	return isPageScrolling() ? log.lastElementChild.getBoundingClientRect().bottom < window.innerHeight + 40
			: log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

function scrollDown() {
	if (isPageScrolling()) {
		log.lastElementChild.scrollIntoView({ block: "end" });
	}
	else {
		log.scrollTop = log.scrollHeight;
	}
}

function fitPrompt() {
	prompt.style.height = "auto";
	prompt.style.height = `${prompt.scrollHeight}px`;
}

function submit() {
	const text = prompt.value.trim();
	if (log.querySelector(".approval")) {
		focusNext();
	}
	else if (text && call === null) {
		prompt.value = "";
		fitPrompt();
		ask(text);
	}
}

byId("form").addEventListener("submit", (event) => {
	event.preventDefault();
	submit();
});

prompt.addEventListener("input", fitPrompt);

prompt.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		submit();
	}
});

byId("stop").addEventListener("click", () => {
	call?.abort();
	prompt.focus();
});

byId("new").addEventListener("click", () => {
	talks[talk.partner] = talkWith(talk.partner);
	show(talks[talk.partner]);
	prompt.focus();
});

for (const partner of Object.keys(partners)) {
	byId(`talk-${partner}`).addEventListener("click", () => show(talks[partner]));
}

for (const suggestion of document.querySelectorAll(".suggestion")) {
	suggestion.addEventListener("click", () => {
		prompt.value = suggestion.textContent;
		submit();
	});
}

byId("theme").addEventListener("click", () => {
	const root = document.documentElement;
	const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
	root.dataset.theme = dark ? "light" : "dark";
	try {
		localStorage.setItem("theme", root.dataset.theme);
	}
	catch {
		// Without storage the choice holds until the page is left
	}
});

try {
	const theme = localStorage.getItem("theme");
	if (theme === "light" || theme === "dark") {
		document.documentElement.dataset.theme = theme;
	}
}
catch {
	// As above
}

if (!isTouched()) {
	prompt.focus();
}
