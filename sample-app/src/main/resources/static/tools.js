import { create, shorten } from "./answer.js";

/** How much of arguments and results is shown. */
const LONGEST_FACT = 20_000;

/**
 * Shows the calls of tools in a conversation while they run, and asks whether those that
 * wait for approval may.
 */
export class ToolCalls {

	#calls = new Map();

	start(call, answer) {
		const shown = new ToolCall(call.name, call.arguments ?? call.rawArguments);
		this.#calls.set(call.id, shown);
		answer.add(shown.element);
		return shown;
	}

	finish(step, answer) {
		const shown = this.#calls.get(step.id);
		// A call that was cut is told of by its result alone
		((shown && !shown.ended) ? shown : this.start({ ...step, name: step.tool }, answer)).finish(step);
	}

	/**
	 * Asks for decisions, and returns them once there is one for each call.
	 * @param pending the calls that wait for one
	 * @param answer where a call is shown that is not yet
	 * @param decided called after each decision
	 */
	ask(pending, answer, decided) {
		const calls = pending.map((call) => [call.id, this.#calls.get(call.id) ?? this.start(call, answer)]);
		return Promise.all(calls.map(async ([id, shown]) => {
			const decision = await shown.ask();
			decided();
			return { id, ...decision };
		}));
	}

	/** Tells that nothing runs any more. */
	stop() {
		for (const shown of this.#calls.values()) {
			shown.stop();
		}
	}

}

class ToolCall {

	ended = false;

	#name;

	#state = create("span", "state");

	#details = create("details");

	constructor(name, values) {
		this.#name = shorten(name, 80);
		this.element = create("div", "tool");
		const summary = create("summary");
		summary.append(create("b", "", this.#name), create("span", "brief", brief(values)), this.#state);
		this.#details.append(summary, fact("Arguments", values));
		this.element.append(this.#details);
		this.#show("running", "running");
	}

	#show(state, text) {
		this.element.dataset.state = state;
		this.#state.textContent = text;
	}

	finish({ result, error, millis }) {
		this.ended = true;
		this.#details.append(fact(error ? "Error" : "Result", parsed(result)));
		this.#show(error ? "failed" : "done", `${error ? "failed" : "done"} · ${duration(millis)}`);
	}

	stop() {
		if (this.element.dataset.state === "running") {
			this.#show("stopped", "not run");
		}
	}

	/** Asks whether the call may run. The arguments are open: they are what is decided about. */
	ask() {
		this.#details.open = true;
		this.#show("asking", "waits for you");
		const reason = create("input");
		reason.type = "text";
		reason.placeholder = "optional";
		reason.autocomplete = "off";
		const label = create("label", "", "Reason");
		label.append(reason);
		const approve = button("Approve", "primary");
		const refuse = button("Refuse", "primary stop");
		const buttons = create("div", "buttons");
		buttons.append(approve, refuse);
		const group = create("div", "approval");
		group.tabIndex = -1;
		group.setAttribute("role", "group");
		group.setAttribute("aria-label", `May ${this.#name} run?`);
		group.append(create("p", "", `May ${this.#name} run?`), label, buttons);
		this.element.append(group);
		return new Promise((resolve) => {
			const decide = (approved) => {
				group.remove();
				this.#show(approved ? "running" : "refused", approved ? "approved" : "refused");
				this.#details.open = false;
				resolve({ approved, reason: reason.value.trim() || null });
			};
			approve.addEventListener("click", () => decide(true));
			refuse.addEventListener("click", () => decide(false));
		});
	}

}

function button(text, className) {
	const created = create("button", className, text);
	created.type = "button";
	return created;
}

function fact(name, value) {
	const element = create("div", "fact");
	const text = (typeof value === "string") ? value : JSON.stringify(value, null, 2);
	element.append(create("span", "", name), create("pre", "", shorten(text, LONGEST_FACT)));
	return element;
}

/** Returns arguments as a line. */
function brief(values) {
	if (values === null || typeof values !== "object") {
		return "";
	}
	const texts = Object.entries(values).map(([name, value]) => `${name}: ${(typeof value === "string") ? value : JSON.stringify(value)}`);
	return shorten(texts.join(", "), 200);
}

/** Returns a result as a value, if it is the JSON of one. */
function parsed(text) {
	try {
		const value = JSON.parse(text);
		return (value !== null && typeof value === "object") ? value : text;
	}
	catch {
		return text;
	}
}

function duration(millis) {
	return (millis < 1000) ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`;
}
