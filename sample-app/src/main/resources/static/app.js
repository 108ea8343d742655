import { Answer, create, shorten } from "./answer.js";
import { readEvents } from "./events.js";
import { Spend } from "./spend.js";

const byId = (id) => document.getElementById(id);

const log = byId("log");

const prompt = byId("prompt");

const spend = new Spend();

let messages = [];

let call = null;

async function send(text) {
	byId("welcome").hidden = true;
	log.append(create("div", "message user", text));
	messages.push({ role: "user", content: text });
	const answer = new Answer(log, follow);
	scrollDown();
	const conversation = messages;
	const controller = new AbortController();
	setCall(controller);
	try {
		const response = await fetch("api/chat/stream", {
			method: "POST",
			headers: { "Content-Type": "application/json", "Accept": "text/event-stream" },
			body: JSON.stringify({ messages: [...system(), ...conversation], options: options() }),
			signal: controller.signal
		});
		if (!response.ok) {
			throw await problemOf(response);
		}
		await receive(response.body, answer, conversation);
	}
	catch (error) {
		if (controller.signal.aborted) {
			answer.stopped();
			remember(conversation, answer.text);
		}
		else {
			follow(() => answer.fail(error.detail ? error : { title: "Connection failed", detail: "The answer did not arrive. Is the service still running?" }));
			// The question is not answered: the next one starts where this one did
			conversation.pop();
		}
	}
	finally {
		answer.close();
		if (call === controller) {
			setCall(null);
		}
	}
}

async function receive(body, answer, conversation) {
	for await (const { name, data } of readEvents(body)) {
		if (name === "text") {
			answer.addText(data.text);
		}
		else if (name === "reasoning") {
			answer.addReasoning(data.text);
		}
		else if (name === "tool-call") {
			answer.addToolCall(data);
		}
		else if (name === "completed") {
			follow(() => answer.complete(data));
			spend.record(data);
			showModel(data);
			remember(conversation, data.content || data.refusal);
		}
		else if (name === "error") {
			throw data;
		}
		if (name === "completed") {
			return;
		}
	}
	throw { title: "Connection closed", detail: "The answer ended before it was complete." };
}

function remember(conversation, content) {
	if (content) {
		conversation.push({ role: "assistant", content });
	}
	else {
		conversation.pop();
	}
}

async function problemOf(response) {
	try {
		return await response.json();
	}
	catch {
		return { title: `Status ${response.status}`, detail: "The service gave no reason." };
	}
}

function system() {
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
	if (text && call === null) {
		prompt.value = "";
		fitPrompt();
		send(text);
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
	call?.abort();
	messages = [];
	for (const message of log.querySelectorAll(".message")) {
		message.remove();
	}
	byId("welcome").hidden = false;
	prompt.focus();
});

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

if (!matchMedia("(pointer: coarse)").matches) {
	prompt.focus();
}
