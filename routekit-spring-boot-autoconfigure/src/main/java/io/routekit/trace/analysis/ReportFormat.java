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

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The formats of a report.
 */
enum ReportFormat {

	/**
	 * Aligned columns, for people.
	 */
	TABLE {

		@Override
		void write(TraceReport report, Writer text) throws IOException {
			writeTable(rows(report, report.by()), text);
			if (!report.costliest().isEmpty()) {
				text.append("\nCalls that cost the most\n\n");
				writeTable(costliest(report), text);
			}
			if (report.brokenCount() > 0) {
				text.append("\nLines that could not be read: %s\n".formatted(report.brokenCount()));
				for (BrokenLine line : report.broken()) {
					text.append("  %s:%s: %s\n".formatted(line.file(), line.number(), line.reason()));
				}
			}
		}

	},

	/**
	 * A JSON object.
	 */
	JSON {

		@Override
		void write(TraceReport report, Writer text) throws IOException {
			ReportTree.writeJson(report.asMap(), text);
			text.append('\n');
		}

	},

	/**
	 * Comma-separated values as in RFC 4180, one row for each group.
	 */
	CSV {

		@Override
		void write(TraceReport report, Writer text) throws IOException {
			for (List<String> row : rows(report, report.by())) {
				text.append(row.stream().map(ReportFormat::quote).collect(Collectors.joining(","))).append("\r\n");
			}
		}

	};

	/**
	 * Write a report. It is never there as a whole, since it can be large.
	 * @param report the report
	 * @param text where to write it
	 * @throws IOException if that fails
	 */
	abstract void write(TraceReport report, Writer text) throws IOException;

	static List<ReportColumn> columns(TraceReport report) {
		return ReportColumn.all(report.total());
	}

	private static List<List<String>> rows(TraceReport report, String by) {
		List<ReportColumn> columns = columns(report);
		List<List<String>> rows = new ArrayList<>();
		rows.add(row(by, columns.stream().map(ReportColumn::name).toList()));
		report.groups().forEach((name, totals) -> rows.add(row(name, texts(columns, totals))));
		rows.add(row("total", texts(columns, report.total())));
		return rows;
	}

	private static List<String> texts(List<ReportColumn> columns, TraceTotals totals) {
		return columns.stream().map((column) -> column.text(totals)).toList();
	}

	private static List<String> row(String first, List<String> others) {
		List<String> row = new ArrayList<>();
		row.add(first);
		row.addAll(others);
		return row;
	}

	private static List<List<String>> costliest(TraceReport report) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("time", "cost", "currency", "model", "prompt tokens", "completion tokens", "id"));
		for (CostlyCall call : report.costliest()) {
			rows.add(List.of(call.time().toString(), call.cost().toPlainString(), call.currency(), call.model(),
					Long.toString(call.promptTokens()), Long.toString(call.completionTokens()),
					(call.id() != null) ? call.id() : ""));
		}
		return rows;
	}

	// The first column is to the left, numbers are to the right
	private static void writeTable(List<List<String>> rows, Writer text) throws IOException {
		int[] widths = new int[rows.get(0).size()];
		for (List<String> row : rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				String padding = " ".repeat(widths[i] - row.get(i).length());
				line.append((i > 0) ? "  " : "").append((i > 0) ? padding + row.get(i) : row.get(i) + padding);
			}
			text.append(line.toString().stripTrailing()).append('\n');
		}
	}

	private static String quote(String text) {
		String cell = isFormula(text) ? "'" + text : text;
		return (cell.contains(",") || cell.contains("\"") || cell.contains("\n") || cell.contains("\r"))
				? '"' + cell.replace("\"", "\"\"") + '"' : cell;
	}

	// Programs that show tables would compute it
	private static boolean isFormula(String text) {
		if (text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0) {
			return false;
		}
		boolean number = text.length() > 1
				&& text.chars().skip(1).allMatch((character) -> character == '.' || Character.isDigit(character));
		return text.charAt(0) != '-' || !number;
	}

}
