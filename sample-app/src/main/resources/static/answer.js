import { Markdown } from "./markdown.js";
import { cost, number, tokens } from "./spend.js";

/** How much of a tool call is shown. */
const LONGEST_CALL = 4_000;

/**
 * Shows one answer while it arrives.
 */
export class Answer {

	#markdown;

	#follow;

	#frame = 0;

	#reasoning = "";

	#calls = [];

	/**
	 * @param log what the answer is shown in
	 * @param follow makes a change of the page and keeps its end in sight
	 */
	constructor(log, follow) {
		this.#follow = follow;
		this.element = create("article", "message assistant");
		this.element.setAttribute("aria-busy", "true");
		this.element.setAttribute("aria-label", "Answer");
		this.body = create("div", "body");
		this.#markdown = new Markdown(this.body);
		this.element.append(this.body);
		log.append(this.element);
		this.started = performance.now();
	}

	addText(text) {
		this.#markdown.append(text);
		this.#changed();
	}

	addReasoning(text) {
		this.#reasoning += text;
		this.#changed();
	}

	addToolCall(call) {
		this.#calls.push(call);
		this.#changed();
	}

	#changed() {
		// Once a frame is enough, however fast the pieces come
		this.#frame ||= requestAnimationFrame(() => this.#follow(() => this.#show(false)));
	}

	#show(complete) {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		this.#showReasoning();
		this.#calls.splice(0).forEach((call) => this.#showCall(call));
		this.#markdown.show(complete);
	}

	#showReasoning() {
		if (this.#reasoning === "") {
			return;
		}
		if (!this.reasoning) {
			const details = create("details", "reasoning");
			this.reasoning = create("p");
			details.append(create("summary", "", "Reasoning"), this.reasoning);
			this.body.before(details);
		}
		this.reasoning.append(this.#reasoning);
		this.#reasoning = "";
	}

	#showCall(call) {
		const element = create("div", "call");
		element.append(create("b", "", `Wants to call ${call.name}`), create("code", "", shorten(call.rawArguments, LONGEST_CALL)));
		this.body.before(element);
	}

	complete(response) {
		if (response.refusal && !this.text) {
			this.#markdown.append(response.refusal);
		}
		const facts = create("div", "facts");
		const usage = response.usage;
		facts.append(create("span", "cost", cost(usage?.cost)), create("span", "tokens", tokens(usage?.totalTokens)));
		if (usage && usage.promptTokens !== null && usage.completionTokens !== null) {
			facts.append(create("span", "", `${number.format(usage.promptTokens)} in, ${number.format(usage.completionTokens)} out`));
		}
		if (usage?.cachedTokens) {
			facts.append(create("span", "", `${number.format(usage.cachedTokens)} cached`));
		}
		if (usage?.reasoningTokens) {
			facts.append(create("span", "", `${number.format(usage.reasoningTokens)} reasoning`));
		}
		facts.append(create("span", "", `${((performance.now() - this.started) / 1000).toFixed(1)} s`));
		if (response.finishReason !== "STOP") {
			facts.append(create("span", "", response.finishReason.toLowerCase().replaceAll("_", " ")));
		}
		this.element.append(facts);
	}

	fail(problem) {
		const failure = create("div", "failure");
		failure.setAttribute("role", "alert");
		failure.append(create("b", "", problem.title), create("span", "", problem.detail));
		const facts = [];
		if (problem.retryAfter) {
			facts.push(`try again in ${problem.retryAfter} s`);
		}
		if (problem.requestId) {
			facts.push(`request ${problem.requestId}`);
		}
		if (facts.length > 0) {
			failure.append(document.createElement("br"), create("small", "", facts.join(" · ")));
		}
		this.body.after(failure);
	}

	stopped() {
		const facts = create("div", "facts");
		facts.append(create("span", "", "stopped"));
		this.element.append(facts);
	}

	close() {
		this.#follow(() => this.#show(true));
		this.element.removeAttribute("aria-busy");
	}

	get text() {
		return this.#markdown.text;
	}

}

export function shorten(text, length) {
	return (text.length > length) ? `${text.slice(0, length)}…` : text;
}

export function create(name, className, text) {
	const created = document.createElement(name);
	if (className) {
		created.className = className;
	}
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}
