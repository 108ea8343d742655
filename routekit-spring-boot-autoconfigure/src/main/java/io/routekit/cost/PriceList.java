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

package io.routekit.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.cost.Price.Threshold;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Reads a price list: comma-separated values with a header, as RFC 4180 has them, but
 * without line breaks in values.
 */
final class PriceList {

	private PriceList() {
	}

	static List<Price> read(InputStream stream) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			String header = reader.readLine();
			Assert.isTrue(header != null, "A price list must name its columns in its first line");
			List<String> columns = cells(header);
			List<Price> prices = new ArrayList<>();
			int number = 1;
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				number++;
				if (!line.isBlank()) {
					prices.add(price(number, columns, cells(line)));
				}
			}
			return prices;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The price list could not be read", ex);
		}
	}

	private static Price price(int number, List<String> columns, List<String> cells) {
		try {
			Assert.isTrue(columns.size() == cells.size(),
					() -> cells.size() + " cells for " + columns.size() + " columns");
			return toPrice(row(columns, cells));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new IllegalArgumentException("Line " + number + " of the price list is not valid: " + ex.getMessage(),
					ex);
		}
	}

	private static List<String> cells(String line) {
		List<String> cells = new ArrayList<>();
		StringBuilder cell = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < line.length(); i++) {
			char character = line.charAt(i);
			if (character == '"') {
				// A doubled quote within quotes stands for one
				if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
					cell.append(line.charAt(++i));
				}
				else {
					quoted = !quoted;
				}
			}
			else if (character == ',' && !quoted) {
				cells.add(cell.toString());
				cell.setLength(0);
			}
			else {
				cell.append(character);
			}
		}
		cells.add(cell.toString());
		return cells;
	}

	private static Map<String, String> row(List<String> columns, List<String> cells) {
		Map<String, String> row = new LinkedHashMap<>();
		for (int i = 0; i < columns.size(); i++) {
			row.put(columns.get(i), cells.get(i));
		}
		return row;
	}

	private static Price toPrice(Map<String, String> row) {
		Map<Rate, BigDecimal> rates = new EnumMap<>(Rate.class);
		for (Rate rate : Rate.values()) {
			String value = row.getOrDefault(rate.column(), "");
			if (!value.isEmpty()) {
				BigDecimal number = new BigDecimal(value);
				Assert.isTrue(number.signum() >= 0, () -> "'%s' must not be negative".formatted(rate.column()));
				rates.put(rate, number);
			}
		}
		Assert.hasText(cell(row, "provider"), "'provider' must not be empty");
		Assert.hasText(cell(row, "model_id"), "'model_id' must not be empty");
		String variant = cell(row, "variant");
		return new Price(cell(row, "provider"), models(row), variant.isEmpty() ? "standard" : variant,
				date(row, "valid_from"), date(row, "valid_to"), threshold(row), rates);
	}

	private static List<String> models(Map<String, String> row) {
		List<String> models = new ArrayList<>();
		models.add(cell(row, "model_id"));
		for (String alias : cell(row, "aliases").split(";")) {
			// Since when an alias is one is told after it
			String name = alias.strip().split(" ")[0];
			if (!name.isEmpty() && name.indexOf('{') < 0) {
				models.add(name);
			}
		}
		return models;
	}

	private static @Nullable Threshold threshold(Map<String, String> row) {
		String tokens = cell(row, "long_context_threshold");
		return tokens.isEmpty() ? null
				: new Threshold(Long.parseLong(tokens), cell(row, "long_context_rule").contains(">="));
	}

	private static @Nullable LocalDate date(Map<String, String> row, String column) {
		String date = cell(row, column);
		return StringUtils.hasLength(date) ? LocalDate.parse(date) : null;
	}

	private static String cell(Map<String, String> row, String column) {
		return row.getOrDefault(column, "");
	}

}
