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

package io.routekit.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Types of many kinds, with a value of each.
 */
final class SchemaSamples {

	static final Item ITEM = new Item(1, "lamp");

	static final Map<Class<?>, Object> VALUES = Map.ofEntries(Map.entry(Item.class, ITEM),
			Map.entry(Numbers.class,
					new Numbers((byte) 1, (short) 2, 3, 4L, 5f, 6d, BigInteger.TEN, BigDecimal.ONE, OptionalInt.of(7),
							Year.of(2026))),
			Map.entry(Texts.class,
					new Texts("a", 'b', new byte[] { 1 }, Currency.getInstance("EUR"), Locale.UK,
							URI.create("https://example.org"), ZoneId.of("Europe/Berlin"), YearMonth.of(2026, 1),
							UUID.fromString("00000000-0000-0001-0000-000000000002"))),
			Map.entry(Times.class,
					new Times(LocalDate.EPOCH, LocalTime.NOON, LocalDateTime.of(2026, 1, 2, 3, 4, 5), Instant.EPOCH,
							Duration.ofMinutes(5), LocalDate.EPOCH)),
			Map.entry(Optionals.class, new Optionals(null, Optional.empty(), OptionalInt.empty(), null, null,
					null)),
			Map.entry(Lists.class,
					new Lists(
							List.of("a"), List.of(ITEM), new int[] { 1 }, Map.of("a", 1), Map.of(Status.OPEN,
									ITEM),
							Collections.emptyList())),
			Map.entry(Enums.class, new Enums(Status.IN_TRANSIT, Priority.HIGH, Single.ONLY, null)),
			Map.entry(Node.class, new Node("a", List.of(new Node("b", Collections.emptyList(), null)), null)),
			Map.entry(Drawing.class,
					new Drawing(new Circle(1), List.of(new Square(2, new Circle(3)), new Circle(4)), null)),
			Map.entry(Zoo.class, new Zoo(new Dog("rex"))), Map.entry(Empty.class, new Empty()),
			Map.entry(Identified.class, new Identified(new OrderId("a"), null)),
			Map.entry(Renamed.class, new Renamed("a", 1)), Map.entry(Described.class, new Described("me")),
			Map.entry(Anything.class, new Anything("x")), Map.entry(Constrained.class, new Constrained(1, "ab", ITEM)),
			Map.entry(Offer.class, new Offer("a", null, 3, Status.OPEN, null, ITEM, null, List.of(ITEM))));

	private SchemaSamples() {
	}

	record Item(@Min(1) int number, @JsonPropertyDescription("the name") @NotBlank String name) {

	}

	record Numbers(byte tiny, short small, int normal, Long big, float real, double large, BigInteger huge,
			BigDecimal exact, OptionalInt maybe, Year year) {

	}

	record Texts(String text, char letter, byte[] data, Currency currency, Locale locale, URI uri, ZoneId zone,
			YearMonth month, UUID id) {

	}

	record Times(LocalDate day, LocalTime time, LocalDateTime local, Instant instant, Duration duration,
			@JsonFormat(pattern = "dd.MM.yyyy") LocalDate german) {

	}

	record Optionals(@Nullable String note, Optional<Item> item, OptionalInt count, @Nullable Status status,
			@JsonProperty(isRequired = com.fasterxml.jackson.annotation.OptBoolean.FALSE) @Nullable String told,
			@Nullable List<Item> items) {

	}

	record Lists(List<String> names, List<Item> items, int[] numbers, Map<String, Integer> stock,
			Map<Status, Item> byStatus, List<@Nullable String> gaps) {

	}

	enum Status {

		OPEN, IN_TRANSIT;

		@JsonValue
		String text() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	enum Priority {

		LOW(10), HIGH(20);

		private final int number;

		Priority(int number) {
			this.number = number;
		}

		@JsonValue
		int number() {
			return this.number;
		}

	}

	enum Single {

		ONLY

	}

	record Enums(Status status, Priority priority, Single single, @Nullable Status before) {

	}

	record Node(String name, List<Node> children, @Nullable Node next) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	sealed interface Shape permits Circle, Square {

	}

	@JsonTypeName("circle")
	record Circle(double radius) implements Shape {

	}

	@JsonTypeName("square")
	record Square(double side, @Nullable Shape inner) implements Shape {

	}

	record Drawing(Shape first, List<Shape> shapes, @Nullable Shape last) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Dog.class, name = "dog"),
			@JsonSubTypes.Type(value = Cat.class, name = "cat") })
	interface Animal {

	}

	record Dog(String name) implements Animal {

	}

	record Cat(int lives) implements Animal {

	}

	record Zoo(Animal animal) {

	}

	record Empty() {

	}

	record OrderId(@JsonValue String value) {

	}

	record Identified(OrderId id, @Nullable OrderId before) {

	}

	record Renamed(@JsonProperty("full_name") String name, int orderNumber) {

	}

	@JsonClassDescription("An order")
	record Described(@JsonPropertyDescription("who ordered") String who) {

	}

	record Anything(Object value) {

	}

	record Constrained(@Min(1) @Max(5) int stars, @Size(min = 2, max = 10) String title, @Valid Item item) {

		@AssertTrue(message = "a good one must have a title")
		@JsonIgnore
		boolean isTitled() {
			return this.stars < 5 || !this.title.equals("none");
		}

	}

	record Offer(String name, @Nullable String note, @Min(1) @Max(5) int stars, Status status, @Nullable Status before,
			Item item, @Nullable Item other, List<Item> items) {

	}

	record Unwrapping(@JsonUnwrapped Item item) {

	}

	sealed interface Unmarked permits OnlyUnmarked {

	}

	record OnlyUnmarked(int number) implements Unmarked {

	}

	record Pair<A, B>(A left, B right) {

	}

	public static class Bean {

		private String name = "";

		private int hidden;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.hidden = this.hidden + 1;
			this.name = name;
		}

	}

}
