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
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An image in a {@link UserMessage}, by its address or as bytes.
 *
 * @since 0.1.0
 */
public final class ImagePart implements ContentPart {

	private final @Nullable String url;

	private final byte @Nullable [] data;

	private final @Nullable String mediaType;

	private final @Nullable String detail;

	private ImagePart(@Nullable String url, byte @Nullable [] data, @Nullable String mediaType,
			@Nullable String detail) {
		this.url = url;
		this.data = data;
		this.mediaType = mediaType;
		this.detail = detail;
	}

	/**
	 * Create an image that the provider fetches.
	 * @param url the address of the image, or a {@code data:} URL
	 * @return the part
	 */
	public static ImagePart ofUrl(String url) {
		Assert.hasText(url, "'url' must not be empty");
		return new ImagePart(url, null, null, null);
	}

	/**
	 * Create an image from its bytes.
	 * @param data the bytes of the image
	 * @param mediaType the media type, for example {@code image/png}
	 * @return the part
	 */
	public static ImagePart ofBytes(byte[] data, String mediaType) {
		Assert.isTrue(data != null && data.length > 0, "'data' must not be empty");
		Assert.hasText(mediaType, "'mediaType' must not be empty");
		return new ImagePart(null, data.clone(), mediaType, null);
	}

	/**
	 * Return a copy that asks for a level of detail.
	 * @param detail the level of detail: {@code low}, {@code high} or {@code auto}
	 * @return the copy
	 */
	public ImagePart withDetail(String detail) {
		Assert.notNull(detail, "'detail' must not be null");
		return new ImagePart(this.url, this.data, this.mediaType, detail);
	}

	/**
	 * Return the address of the image.
	 * @return the address, or {@code null} if the image is given as bytes
	 */
	public @Nullable String url() {
		return this.url;
	}

	/**
	 * Return the bytes of the image.
	 * @return a copy of the bytes, or {@code null} if the image is given by its address
	 */
	public byte @Nullable [] data() {
		return (this.data != null) ? this.data.clone() : null;
	}

	/**
	 * Return the number of bytes, without copying them.
	 * @return the number, 0 if the image is given by its address
	 */
	public int size() {
		return (this.data != null) ? this.data.length : 0;
	}

	/**
	 * Return the media type of the bytes.
	 * @return the media type, or {@code null} if the image is given by its address
	 */
	public @Nullable String mediaType() {
		return this.mediaType;
	}

	/**
	 * Return the level of detail.
	 * @return the level, or {@code null} if none is asked for
	 */
	public @Nullable String detail() {
		return this.detail;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ImagePart other && Objects.equals(this.url, other.url)
				&& Arrays.equals(this.data, other.data) && Objects.equals(this.mediaType, other.mediaType)
				&& Objects.equals(this.detail, other.detail);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.url, Arrays.hashCode(this.data), this.mediaType, this.detail);
	}

	@Override
	public String toString() {
		return (this.data != null) ? "ImagePart[%s, %d bytes]".formatted(this.mediaType, this.data.length)
				: "ImagePart[url]";
	}

}
