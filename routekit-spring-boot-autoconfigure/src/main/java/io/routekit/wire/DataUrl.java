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

package io.routekit.wire;

import java.util.Base64;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The form in which JSON has bytes that could be had from an address as well.
 *
 * @since 0.1.0
 */
public final class DataUrl {

	private DataUrl() {
	}

	/**
	 * Return bytes as an address.
	 * @param mediaType the type of the bytes, or {@code null} if it is not known
	 * @param data the bytes
	 * @return the address
	 */
	public static String of(@Nullable String mediaType, byte[] data) {
		Assert.notNull(data, "'data' must not be null");
		return "data:" + ((mediaType != null) ? mediaType : "") + ";base64," + Base64.getEncoder().encodeToString(data);
	}

}
