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

package io.routekit.benchmarks;

import java.lang.reflect.RecordComponent;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client asks for and the load server answers. It travels in the path of the base
 * URL, which every client lets its users set.
 *
 * @param events the texts of a stream, or 0 for an answer in one piece
 * @param batch the events of one write
 * @param interval the microseconds between two writes, or 0 to write as fast as the
 * connection takes it
 * @param delay the microseconds before the head of the answer
 * @param length the least length of a text
 * @param toolCalls the tool calls of the answer, after its texts
 * @param arguments the least length of the arguments of each tool call
 * @param noise the length of the field that blurs the size of an event
 * @param messages the messages of the request
 * @param tools the tools of the request
 */
public record Workload(int events, int batch, int interval, int delay, int length, int toolCalls, int arguments,
		int noise, int messages, int tools) {

	/**
	 * Return a stream that is written as fast as the connection takes it.
	 * @param events the texts
	 * @param batch the events of one write
	 * @return the workload
	 */
	public static Workload stream(int events, int batch) {
		return new Workload(events, batch, 0, 0, 0, 0, 0, 0, 1, 0);
	}

	/**
	 * Return a stream with an event at regular intervals.
	 * @param events the texts
	 * @param interval the microseconds between two events
	 * @return the workload
	 */
	public static Workload paced(int events, int interval) {
		return new Workload(events, 1, interval, 0, 0, 0, 0, 0, 1, 0);
	}

	/**
	 * Return an answer in one piece.
	 * @param length the least length of its text
	 * @return the workload
	 */
	public static Workload unary(int length) {
		return new Workload(0, 0, 0, 0, length, 0, 0, 0, 1, 0);
	}

	Workload withEvents(int events) {
		return new Workload(events, this.batch, this.interval, this.delay, this.length, this.toolCalls, this.arguments,
				this.noise, this.messages, this.tools);
	}

	Workload withNoise(int noise) {
		return new Workload(this.events, this.batch, this.interval, this.delay, this.length, this.toolCalls,
				this.arguments, noise, this.messages, this.tools);
	}

	Workload withLength(int length) {
		return new Workload(this.events, this.batch, this.interval, this.delay, length, this.toolCalls, this.arguments,
				this.noise, this.messages, this.tools);
	}

	/**
	 * Return the same with a tool call.
	 * @param arguments the least length of its arguments
	 * @return the workload
	 */
	public Workload withArguments(int arguments) {
		return new Workload(this.events, this.batch, this.interval, this.delay, this.length, 1, arguments, this.noise,
				this.messages, this.tools);
	}

	Workload withRequest(int messages, int tools) {
		return new Workload(this.events, this.batch, this.interval, this.delay, this.length, this.toolCalls,
				this.arguments, this.noise, messages, tools);
	}

	/**
	 * Return whether the answer is a stream.
	 * @return whether the answer is a stream
	 */
	public boolean isStream() {
		return this.events > 0 || this.toolCalls > 0;
	}

	/**
	 * Return whether the texts tell when they were sent.
	 * @return whether the texts tell when they were sent
	 */
	public boolean isPaced() {
		return this.interval > 0;
	}

	/**
	 * Return the path that tells the server.
	 * @return the path
	 */
	String path() {
		return components().map((component) -> "/" + component.getName() + "-" + value(component))
			.collect(Collectors.joining());
	}

	/**
	 * Return the workload that a path tells.
	 * @param path the path of a request
	 * @return the workload
	 */
	public static Workload parse(String path) {
		int[] values = components().mapToInt((component) -> value(component, path)).toArray();
		return new Workload(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
				values[8], values[9]);
	}

	private static int value(RecordComponent component, String path) {
		String name = "/" + component.getName() + "-";
		int start = path.indexOf(name) + name.length();
		return Integer.parseInt(path, start, path.indexOf('/', start), 10);
	}

	private static Stream<RecordComponent> components() {
		return Stream.of(Workload.class.getRecordComponents());
	}

	private int value(RecordComponent component) {
		try {
			return (int) component.getAccessor().invoke(this);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
