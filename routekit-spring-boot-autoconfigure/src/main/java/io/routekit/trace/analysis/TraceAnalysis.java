/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.trace.analysis;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.routekit.OneLine;

/**
 * Analyzes traces, a line at a time, in memory that does not grow with their size: there
 * are at most 500 groups, and further ones become {@code _OTHER}; costs are in at most
 * ten currencies, and calls in further ones count as those without a price; names are cut
 * after 256 characters. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class TraceAnalysis {

	private static final int MAX_GROUPS = 500;

	private static final int MAX_CURRENCIES = 10;

	private static final int MAX_BROKEN = 20;

	private static final String OTHER = "_OTHER";

	private final TraceQuery query;

	private final TraceLineReader reader;

	private final TraceTotals total = new TraceTotals();

	private final Map<String, TraceTotals> groups = new TreeMap<>();

	// Calls in different currencies cannot be compared
	private final Map<String, PriorityQueue<CostlyCall>> costliest = new TreeMap<>();

	private final List<BrokenLine> broken = new ArrayList<>();

	private long brokenCount;

	/**
	 * Create a new {@link TraceAnalysis} instance.
	 * @param query what to analyze
	 */
	public TraceAnalysis(TraceQuery query) {
		Check.notNull(query, "'query' must not be null");
		this.query = query;
		this.reader = new TraceLineReader(query.tagKeys());
	}

	/**
	 * Read a file, or the files of a directory that end with {@code .jsonl} or
	 * {@code .jsonl.gz}. Among these, links are not followed, and what cannot be read
	 * counts as broken.
	 * @param path the file or directory
	 * @return this analysis
	 * @throws IOException if it cannot be read
	 */
	public TraceAnalysis read(Path path) throws IOException {
		if (!Files.isDirectory(path)) {
			readFile(path);
			return this;
		}
		List<Path> files;
		try (Stream<Path> entries = Files.list(path)) {
			files = entries.filter(TraceAnalysis::isTrace).sorted().toList();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		files.forEach(this::readEntry);
		return this;
	}

	// Whoever can write to the directory must not choose what else is read, nor stop it
	private void readEntry(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (attributes.isRegularFile()) {
				readFile(file, LinkOption.NOFOLLOW_LINKS);
			}
			else if (!attributes.isDirectory()) {
				addBroken(nameOf(file), 1, "it is a link or no regular file, and is not read");
			}
		}
		catch (NoSuchFileException ex) {
			// It has been removed, which happens to old ones
		}
		catch (IOException ex) {
			addBroken(nameOf(file), 1, "the file cannot be read");
		}
	}

	private void readFile(Path file, OpenOption... options) throws IOException {
		try (InputStream stream = Files.newInputStream(file, options)) {
			read(nameOf(file), unzipped(file, stream));
		}
		catch (EOFException | ZipException ex) {
			addBroken(nameOf(file), 1, "the file is cut or damaged");
		}
	}

	private static String nameOf(Path file) {
		return String.valueOf(file.getFileName());
	}

	private static boolean isTrace(Path path) {
		String name = path.toString();
		return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
	}

	private static InputStream unzipped(Path path, InputStream stream) throws IOException {
		return path.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream;
	}

	/**
	 * Read lines.
	 * @param name the name of the file, for those that are broken
	 * @param stream the lines; it is not closed
	 * @return this analysis
	 * @throws IOException if they cannot be read
	 */
	public TraceAnalysis read(String name, InputStream stream) throws IOException {
		LineReader lines = new LineReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
		long number = 1;
		try {
			while (lines.next()) {
				add(name, number, lines);
				number++;
			}
		}
		catch (EOFException | ZipException ex) {
			addBroken(name, number, "the file is cut or damaged");
		}
		return this;
	}

	private void add(String name, long number, LineReader lines) throws IOException {
		try {
			TraceLine line = this.reader.read(lines);
			if (line != null && this.query.includes(line)) {
				add(line);
			}
		}
		catch (IllegalArgumentException ex) {
			addBroken(name, number, String.valueOf(ex.getMessage()));
		}
	}

	private void addBroken(String name, long number, String reason) {
		this.brokenCount++;
		if (this.broken.size() < MAX_BROKEN) {
			this.broken.add(new BrokenLine(OneLine.ofName(name), number, OneLine.ofName(reason)));
		}
	}

	private void add(TraceLine line) {
		if (line.currency() != null && !this.costliest.containsKey(line.currency())
				&& this.costliest.size() >= MAX_CURRENCIES) {
			add(line.withoutCost());
			return;
		}
		this.total.add(line);
		String group = this.query.group(line);
		if (group == null) {
			return;
		}
		if (!this.groups.containsKey(group) && this.groups.size() >= MAX_GROUPS) {
			group = OTHER;
		}
		this.groups.computeIfAbsent(group, (name) -> new TraceTotals()).add(line);
		if (line.cost() != null && line.currency() != null) {
			PriorityQueue<CostlyCall> calls = this.costliest.computeIfAbsent(line.currency(),
					(currency) -> new PriorityQueue<>(Comparator.comparing(CostlyCall::cost)));
			calls.add(new CostlyCall(line.time(), line.id(), line.provider(), line.model(),
					line.tokens(TraceLine.PROMPT_TOKENS), line.tokens(TraceLine.COMPLETION_TOKENS), line.cost(),
					line.currency()));
			if (calls.size() > this.query.top()) {
				calls.poll();
			}
		}
	}

	/**
	 * Return what was found so far.
	 * @return the report
	 */
	public TraceReport report() {
		List<CostlyCall> calls = this.costliest.values()
			.stream()
			.flatMap((byCost) -> byCost.stream()
				.sorted(Comparator.comparing(CostlyCall::cost).reversed().thenComparing(CostlyCall::time)))
			.toList();
		return new TraceReport(this.query.by(), this.total, this.groups, calls, this.brokenCount,
				List.copyOf(this.broken));
	}

}
