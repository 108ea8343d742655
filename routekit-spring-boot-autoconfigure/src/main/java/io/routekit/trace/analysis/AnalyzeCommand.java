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

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * The command that analyzes traces.
 */
final class AnalyzeCommand {

	static final int OK = 0;

	static final int BROKEN = 1;

	static final int WRONG = 2;

	static final int FAILED = 3;

	private static final String HELP = """
			Analyzes the trace of calls of models that RouteKit writes.

			Usage: java -jar <jar> [options] <file or directory>...

			A directory stands for its files that end with .jsonl or .jsonl.gz, among which links are
			not followed, and - for the standard input.

			  --by model|provider|day|run|agent|tool|tag:<key>
			                                     what calls are grouped by (model)
			  --from <day>, --to <day>           first and last day in UTC, such as 2026-11-23
			  --model <name>                     calls that this model answered
			  --run <id>                         calls and tools of this run of an agent
			  --tag <key>=<value>                calls that have this tag, may be repeated
			  --top <n>                          how many of the calls that cost the most to tell (10)
			  --format table|json|csv            how to tell it (table)
			  --help                             this text

			Durations are in seconds, percentiles are off by one percent at most.
			The exit code is 0, 1 if there were lines or files of a directory that could not be read,
			2 if the arguments are wrong or name what cannot be read, or 3 if this command failed, for
			example for lack of memory.
			""";

	private static final int MAX_LENGTH = 1000;

	private final InputStream in;

	private final PrintStream out;

	private final PrintStream err;

	private String by = TraceQuery.DEFAULT.by();

	private @Nullable LocalDate from;

	private @Nullable LocalDate to;

	private @Nullable String model;

	private @Nullable String run;

	private final Map<String, String> tags = new LinkedHashMap<>();

	private int top = TraceQuery.DEFAULT.top();

	private ReportFormat format = ReportFormat.TABLE;

	private final List<String> paths = new ArrayList<>();

	private boolean help;

	AnalyzeCommand(InputStream in, PrintStream out, PrintStream err) {
		this.in = in;
		this.out = out;
		this.err = err;
	}

	/**
	 * Run the command.
	 * @param arguments the arguments of the command line
	 * @return the exit code
	 */
	int run(String... arguments) {
		try {
			parse(new ArrayDeque<>(List.of(arguments)));
			if (this.help) {
				this.out.writeBytes(HELP.getBytes(StandardCharsets.UTF_8));
				return OK;
			}
			if (this.paths.isEmpty()) {
				throw new IllegalArgumentException("name a file or a directory");
			}
			TraceReport report = analyze();
			print(report);
			return (report.brokenCount() > 0) ? BROKEN : OK;
		}
		catch (IllegalArgumentException ex) {
			this.err.println(OneLine.of(String.valueOf(ex.getMessage()), MAX_LENGTH) + " (--help tells more)");
		}
		catch (NoSuchFileException ex) {
			this.err.println("there is no '%s'".formatted(OneLine.of(ex.getFile(), MAX_LENGTH)));
		}
		catch (IOException ex) {
			this.err.println("could not read: " + OneLine.of(String.valueOf(ex.getMessage()), MAX_LENGTH));
		}
		catch (OutOfMemoryError ex) {
			this.err
				.println("there is not enough memory: use a smaller --top, or give Java more, as in java -Xmx1g -jar");
			return FAILED;
		}
		catch (Throwable ex) {
			// Its message may quote the trace
			this.err
				.println("failed with a %s, which is a fault of this command: find the file by naming them one by one"
					.formatted(ex.getClass().getName()));
			return FAILED;
		}
		return WRONG;
	}

	private void print(TraceReport report) throws IOException {
		Writer text = new BufferedWriter(new OutputStreamWriter(this.out, StandardCharsets.UTF_8));
		this.format.write(report, text);
		text.flush();
	}

	private void parse(Deque<String> arguments) {
		while (!arguments.isEmpty()) {
			String argument = arguments.remove();
			switch (argument) {
				case "--help", "-h" -> this.help = true;
				case "--by" -> this.by = value(argument, arguments);
				case "--from" -> this.from = day(argument, value(argument, arguments));
				case "--to" -> this.to = day(argument, value(argument, arguments));
				case "--model" -> this.model = value(argument, arguments);
				case "--run" -> this.run = value(argument, arguments);
				case "--tag" -> addTag(value(argument, arguments));
				case "--top" -> this.top = number(argument, value(argument, arguments));
				case "--format" -> this.format = format(value(argument, arguments));
				default -> addPath(argument);
			}
		}
	}

	private static String value(String option, Deque<String> arguments) {
		String value = arguments.poll();
		if (value == null) {
			throw new IllegalArgumentException("%s needs a value".formatted(option));
		}
		return value;
	}

	private static LocalDate day(String option, String value) {
		try {
			return LocalDate.parse(value);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"%s must be a day such as 2026-11-23 but is '%s'".formatted(option, value), ex);
		}
	}

	private static int number(String option, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s must be a number but is '%s'".formatted(option, value), ex);
		}
	}

	private static ReportFormat format(String value) {
		try {
			return ReportFormat.valueOf(value.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("--format must be table, json or csv but is '%s'".formatted(value), ex);
		}
	}

	private void addTag(String value) {
		int separator = value.indexOf('=');
		if (separator < 1) {
			throw new IllegalArgumentException("--tag must be <key>=<value> but is '%s'".formatted(value));
		}
		this.tags.put(value.substring(0, separator), value.substring(separator + 1));
	}

	private void addPath(String path) {
		if (path.startsWith("--")) {
			throw new IllegalArgumentException("%s is unknown".formatted(path));
		}
		this.paths.add(path);
	}

	private TraceReport analyze() throws IOException {
		TraceAnalysis analysis = new TraceAnalysis(TraceQuery.builder()
			.by(this.by)
			.from(this.from)
			.to(this.to)
			.model(this.model)
			.run(this.run)
			.tags(this.tags)
			.top(this.top)
			.build());
		for (String path : this.paths) {
			if (path.equals("-")) {
				analysis.read("standard input", this.in);
			}
			else {
				analysis.read(Path.of(path));
			}
		}
		return analysis.report();
	}

}
