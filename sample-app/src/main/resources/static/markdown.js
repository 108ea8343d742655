/**
 * Turns a little Markdown into elements: headings, lists, quotes, code, emphasis and links.
 * Only text nodes are made of what the model wrote, never markup.
 */
export function renderMarkdown(text) {
	const fragment = document.createDocumentFragment();
	const lines = text.split("\n");
	let index = 0;
	while (index < lines.length) {
		const line = lines[index];
		const fence = line.match(/^\s*(`{3,}|~{3,})/);
		if (fence) {
			const code = [];
			index++;
			while (index < lines.length && !lines[index].trim().startsWith(fence[1])) {
				code.push(lines[index++]);
			}
			index++;
			const pre = element("pre");
			pre.tabIndex = 0;
			pre.append(element("code", code.join("\n")));
			fragment.append(pre);
		}
		else if (/^#{1,6}\s/.test(line)) {
			const level = Math.min(line.match(/^#+/)[0].length + 2, 5);
			fragment.append(inline(element("h" + level), line.replace(/^#+\s+/, "")));
			index++;
		}
		else if (LIST.test(line)) {
			index = list(fragment, lines, index);
		}
		else if (/^>\s?/.test(line)) {
			const quote = [];
			while (index < lines.length && /^>\s?/.test(lines[index])) {
				quote.push(lines[index++].replace(/^>\s?/, ""));
			}
			fragment.append(inline(element("blockquote"), quote.join("\n")));
		}
		else if (line.trim() === "") {
			index++;
		}
		else {
			const paragraph = [];
			while (index < lines.length && lines[index].trim() !== "" && (paragraph.length === 0 || !startsBlock(lines[index]))) {
				paragraph.push(lines[index++]);
			}
			fragment.append(inline(element("p"), paragraph.join("\n")));
		}
	}
	return fragment;
}

const LIST = /^\s*([-*+]|\d{1,9}[.)])\s+/;

function startsBlock(line) {
	return /^\s*(`{3,}|~{3,})/.test(line) || /^#{1,6}\s/.test(line) || LIST.test(line) || line.startsWith(">");
}

function list(parent, lines, start) {
	const first = lines[start].match(LIST)[1];
	const ordered = /\d/.test(first);
	const list = element(ordered ? "ol" : "ul");
	if (ordered) {
		list.start = parseInt(first, 10);
	}
	let index = start;
	while (index < lines.length && LIST.test(lines[index]) && /\d/.test(lines[index].match(LIST)[1]) === ordered) {
		const item = [lines[index++].replace(LIST, "")];
		while (index < lines.length && /^\s{2,}\S/.test(lines[index]) && !LIST.test(lines[index])) {
			item.push(lines[index++].trim());
		}
		list.append(inline(element("li"), item.join("\n")));
	}
	parent.append(list);
	return index;
}

const INLINE = /(`+)(.+?)\1|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*?\S)?)\*|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|\n/s;

function inline(parent, text) {
	let rest = text;
	for (let match = rest.match(INLINE); match; match = rest.match(INLINE)) {
		parent.append(rest.slice(0, match.index));
		if (match[2] !== undefined) {
			parent.append(element("code", match[2]));
		}
		else if (match[3] !== undefined) {
			parent.append(inline(element("strong"), match[3]));
		}
		else if (match[4] !== undefined) {
			parent.append(inline(element("em"), match[4]));
		}
		else if (match[5] !== undefined) {
			const link = element("a", match[5]);
			link.href = match[6];
			link.rel = "noopener noreferrer";
			link.target = "_blank";
			parent.append(link);
		}
		else {
			parent.append(element("br"));
		}
		rest = rest.slice(match.index + match[0].length);
	}
	parent.append(rest);
	return parent;
}

function element(name, text) {
	const created = document.createElement(name);
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}
