/** The longest text that is shown as Markdown. What follows is shown as it is. */
const LONGEST = 200_000;

/** A block of this length is shown anew as it grows, a longer one when it has grown by an eighth. */
const SMOOTH = 8_000;

/** How much of a line tells what it is: an indentation, a mark and the space after it. */
const START = 40;

const FENCE = /^\s*(`{3,}|~{3,})/;

const HEADING = /^#{1,6}(?=\s)/;

const LIST = /^\s*([-*+]|\d{1,9}[.)])\s/;

const SCHEMES = ["https:", "http:", "mailto:"];

/**
 * Shows a little Markdown while it arrives: headings, lists, quotes, code, emphasis and
 * links. Only text nodes are made of what the model wrote, never markup. However the text
 * looks and whatever pieces it comes in, the work grows with its length only: blocks that
 * are complete are left alone, and nothing is searched for twice.
 */
export class Markdown {

	#element;

	#pieces = [];

	#length = 0;

	/** What is not shown yet, after those of the last blocks that may go on. */
	#open = "";

	#shown = 0;

	#openElements = [];

	#rest = null;

	constructor(element) {
		this.#element = element;
	}

	get text() {
		return this.#pieces.join("");
	}

	append(text) {
		this.#pieces.push(text);
		this.#length += text.length;
		this.#open += text;
	}

	/**
	 * Shows what has arrived.
	 * @param complete whether nothing follows
	 */
	show(complete) {
		const grown = this.#open.length - this.#shown;
		if (grown === 0 || (!complete && this.#shown > SMOOTH && grown < this.#shown / 8)) {
			return;
		}
		if (!this.#rest) {
			this.#showBlocks();
		}
		if (this.#rest) {
			this.#rest.textContent = this.#open;
		}
		this.#shown = this.#open.length;
	}

	#showBlocks() {
		this.#openElements.forEach((element) => element.remove());
		const start = this.#length - this.#open.length;
		const blocks = parse(this.#open.slice(0, LONGEST - start));
		blocks.forEach((block) => this.#element.append(block.element));
		if (this.#length > LONGEST) {
			this.#open = this.#open.slice(LONGEST - start);
			this.#rest = this.#element.appendChild(element("pre"));
			return;
		}
		// The last line may yet become a part of the block before
		const open = (blocks.at(-1)?.start > this.#open.lastIndexOf("\n")) ? blocks.slice(-2) : blocks.slice(-1);
		this.#openElements = open.map((block) => block.element);
		this.#open = this.#open.slice(open[0]?.start ?? 0);
	}

}

/** Returns the blocks of a text, each with the place at which it starts. */
function parse(text) {
	const lines = text.split("\n");
	const blocks = [];
	let start = 0;
	for (let index = 0; index < lines.length;) {
		const [block, next] = blockAt(lines, index);
		if (block) {
			blocks.push({ element: block, start });
		}
		for (; index < next; index++) {
			start += lines[index].length + 1;
		}
	}
	return blocks;
}

function blockAt(lines, index) {
	const line = lines[index];
	const start = line.slice(0, START);
	if (line.trim() === "") {
		return [null, index + 1];
	}
	if (FENCE.test(start)) {
		return code(lines, index, start.match(FENCE)[1]);
	}
	if (HEADING.test(start)) {
		const level = start.match(HEADING)[0].length;
		return [inline(element("h" + Math.min(level + 2, 5)), line.slice(level).trim()), index + 1];
	}
	if (LIST.test(start)) {
		return list(lines, index, start.match(LIST)[1]);
	}
	const quoted = line.startsWith(">");
	let end = index + 1;
	while (end < lines.length && (quoted ? lines[end].startsWith(">") : continuesParagraph(lines[end]))) {
		end++;
	}
	const content = lines.slice(index, end).map((line) => quoted ? line.slice(line.startsWith("> ") ? 2 : 1) : line);
	return [inline(element(quoted ? "blockquote" : "p"), content.join("\n")), end];
}

function continuesParagraph(line) {
	const start = line.slice(0, START);
	return line.trim() !== "" && !FENCE.test(start) && !HEADING.test(start) && !LIST.test(start) && !start.startsWith(">");
}

function code(lines, index, fence) {
	let end = index + 1;
	while (end < lines.length && !lines[end].trimStart().startsWith(fence)) {
		end++;
	}
	const pre = element("pre");
	pre.tabIndex = 0;
	pre.append(element("code", lines.slice(index + 1, end).join("\n")));
	return [pre, Math.min(end + 1, lines.length)];
}

function list(lines, index, mark) {
	const ordered = mark.length > 1;
	const list = element(ordered ? "ol" : "ul");
	if (ordered) {
		list.start = parseInt(mark, 10);
	}
	while (index < lines.length) {
		const start = lines[index].slice(0, START).match(LIST);
		if (!start || (start[1].length > 1) !== ordered) {
			break;
		}
		const item = [lines[index++].slice(start[0].length).trimStart()];
		while (index < lines.length && isIndented(lines[index])) {
			item.push(lines[index++].trim());
		}
		list.append(inline(element("li"), item.join("\n")));
	}
	return [list, index];
}

function isIndented(line) {
	return line.startsWith("  ") && line.trim() !== "" && !LIST.test(line.slice(0, START));
}

function inline(parent, text) {
	const ends = new Ends(text);
	let plain = 0;
	let index = 0;
	while (index < text.length) {
		const [created, next] = spanAt(text, index, ends);
		if (created) {
			parent.append(text.slice(plain, index), created);
			plain = next;
		}
		index = next;
	}
	parent.append(text.slice(plain));
	return parent;
}

/** Returns the element that starts at a place, or null, and the place after it. */
function spanAt(text, index, ends) {
	switch (text.charAt(index)) {
		case "\n":
			return [element("br"), index + 1];
		case "`":
			return codeAt(text, index, ends);
		case "*":
			return emphasisAt(text, index, ends);
		case "[":
			return linkAt(text, index, ends);
		default:
			return [null, index + 1];
	}
}

function codeAt(text, index, ends) {
	let start = index;
	while (text.charAt(start) === "`") {
		start++;
	}
	const end = ends.ofCode(start, start - index);
	return (end < 0) ? [null, start] : [element("code", text.slice(start, end)), end + start - index];
}

function emphasisAt(text, index, ends) {
	const marks = (text.charAt(index + 1) === "*") ? 2 : 1;
	const start = index + marks;
	const end = (marks === 2) ? ends.ofStrong(start + 1) : ends.ofEmphasis(start);
	if (end >= text.length || end === start || isSpace(text.charAt(start)) || isSpace(text.charAt(end - 1))) {
		return [null, index + 1];
	}
	return [inline(element((marks === 2) ? "strong" : "em"), text.slice(start, end)), end + marks];
}

function linkAt(text, index, ends) {
	const label = ends.ofLabel(index + 1);
	const start = label + 2;
	if (label === index + 1 || text.charAt(label + 1) !== "(" || !SCHEMES.some((scheme) => text.startsWith(scheme, start))) {
		return [null, index + 1];
	}
	const end = ends.ofAddress(start);
	if (text.charAt(end) !== ")") {
		return [null, index + 1];
	}
	const link = element("a", text.slice(index + 1, label));
	link.href = text.slice(start, end);
	link.rel = "noopener noreferrer";
	link.target = "_blank";
	return [link, end + 1];
}

/** Finds where spans of a text end. It is asked from left to right and so looks at each character once. */
class Ends {

	#fences = null;

	constructor(text) {
		this.text = text;
		this.ofStrong = next(text, (index) => text.charAt(index) === "*" && text.charAt(index + 1) === "*" && !isSpace(text.charAt(index - 1)));
		this.ofEmphasis = next(text, (index) => text.charAt(index) === "*");
		this.ofLabel = next(text, (index) => text.charAt(index) === "]");
		this.ofAddress = next(text, (index) => text.charAt(index) === ")" || isSpace(text.charAt(index)));
	}

	/** Returns where the next run of as many backticks begins, or -1. */
	ofCode(from, length) {
		this.#fences ??= fences(this.text);
		const places = this.#fences.get(length) ?? [];
		while (places.at(-1) < from) {
			places.pop();
		}
		return places.at(-1) ?? -1;
	}

}

/** Returns a function that returns the first place, from one on, at which something holds, or the length. */
function next(text, holds) {
	let found = 0;
	return (from) => {
		if (found < from) {
			found = from;
		}
		while (found < text.length && !holds(found)) {
			found++;
		}
		return found;
	};
}

/** Returns the places of runs of backticks by the lengths of the runs, the last place first. */
function fences(text) {
	const places = new Map();
	for (let end = text.length; end > 0; end--) {
		let start = end;
		while (start > 0 && text.charAt(start - 1) === "`") {
			start--;
		}
		if (start < end) {
			const length = end - start;
			places.set(length, places.get(length) ?? []);
			places.get(length).push(start);
			end = start;
		}
	}
	return places;
}

function isSpace(character) {
	return character.trim() === "";
}

function element(name, text) {
	const created = document.createElement(name);
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}
