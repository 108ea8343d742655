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

package io.routekit;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A file in a {@link UserMessage}, for example a PDF document.
 *
 * @since 0.1.0
 */
public final class FilePart implements ContentPart {

	private final String filename;

	private final byte[] data;

	private final String mediaType;

	private FilePart(String filename, byte[] data, String mediaType) {
		this.filename = filename;
		this.data = data;
		this.mediaType = mediaType;
	}

	/**
	 * Create a file from its bytes.
	 * @param filename the name of the file
	 * @param data the bytes of the file
	 * @param mediaType the media type, for example {@code application/pdf}
	 * @return the part
	 */
	public static FilePart ofBytes(String filename, byte[] data, String mediaType) {
		Assert.hasText(filename, "'filename' must not be empty");
		Assert.isTrue(data != null && data.length > 0, "'data' must not be empty");
		Assert.hasText(mediaType, "'mediaType' must not be empty");
		return new FilePart(filename, data.clone(), mediaType);
	}

	/**
	 * Return the name of the file.
	 * @return the name
	 */
	public String filename() {
		return this.filename;
	}

	/**
	 * Return the bytes of the file.
	 * @return a copy of the bytes
	 */
	public byte[] data() {
		return this.data.clone();
	}

	/**
	 * Return the number of bytes, without copying them.
	 * @return the number
	 */
	public int size() {
		return this.data.length;
	}

	/**
	 * Return the media type of the file.
	 * @return the media type
	 */
	public String mediaType() {
		return this.mediaType;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof FilePart other && this.filename.equals(other.filename)
				&& Arrays.equals(this.data, other.data) && this.mediaType.equals(other.mediaType);
	}

	@Override
	public int hashCode() {
		return 31 * this.filename.hashCode() + Arrays.hashCode(this.data);
	}

	@Override
	public String toString() {
		return "FilePart[%s, %d bytes]".formatted(this.mediaType, this.data.length);
	}

}
