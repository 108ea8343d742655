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

package io.routekit.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The ways in which a network may cut a stream into pieces.
 */
public enum Chunking {

	/**
	 * One piece.
	 */
	WHOLE,

	/**
	 * A piece a line.
	 */
	LINES,

	/**
	 * A piece a byte.
	 */
	BYTES,

	/**
	 * Pieces of random size, the same ones each time.
	 */
	RANDOM;

	public List<byte[]> split(byte[] bytes) {
		Random random = new Random(20260214);
		List<byte[]> pieces = new ArrayList<>();
		int start = 0;
		for (int end = 1; end <= bytes.length; end++) {
			boolean cut = switch (this) {
				case WHOLE -> false;
				case LINES -> bytes[end - 1] == '\n';
				case BYTES -> true;
				case RANDOM -> random.nextInt(7) == 0;
			};
			if (cut || end == bytes.length) {
				pieces.add(Arrays.copyOfRange(bytes, start, end));
				start = end;
			}
		}
		return pieces;
	}

}
