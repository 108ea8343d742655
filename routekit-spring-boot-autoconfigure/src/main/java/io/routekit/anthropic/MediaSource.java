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

package io.routekit.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.ImagePart;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Says where the data of an image or a document comes from.
 */
final class MediaSource {

	private static final List<String> IMAGE_TYPES = List.of("image/jpeg", "image/png", "image/gif", "image/webp");

	private MediaSource() {
	}

	static Map<String, Object> of(ImagePart image) {
		byte[] data = image.data();
		if (data != null) {
			return ofImage(String.valueOf(image.mediaType()), data);
		}
		String url = String.valueOf(image.url());
		return StringUtils.startsWithIgnoreCase(url, "data:") ? ofDataUrl(url) : Blocks.object("url", "url", url);
	}

	static Map<String, Object> ofImage(String mediaType, byte[] data) {
		return ofBytes(imageType(mediaType), data);
	}

	static Map<String, Object> ofBytes(String mediaType, byte[] data) {
		return Blocks.object("base64", "media_type", mediaType, "data", Base64.getEncoder().encodeToString(data));
	}

	private static Map<String, Object> ofDataUrl(String url) {
		int comma = url.indexOf(',');
		if (comma < 0) {
			throw OptionsCheck.invalid("The 'data:' URL of an image has no data");
		}
		String header = url.substring("data:".length(), comma);
		String data = url.substring(comma + 1);
		int parameters = header.indexOf(';');
		String mediaType = imageType((parameters < 0) ? header : header.substring(0, parameters));
		if (parameters >= 0 && header.substring(header.lastIndexOf(';') + 1).strip().equalsIgnoreCase("base64")) {
			return Blocks.object("base64", "media_type", mediaType, "data", data);
		}
		try {
			return ofBytes(mediaType,
					UriUtils.decode(data, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IllegalArgumentException ex) {
			throw OptionsCheck.invalid("The 'data:' URL of an image is not encoded as URLs are");
		}
	}

	private static String imageType(String mediaType) {
		String type = mediaType.strip().toLowerCase(Locale.ROOT);
		if (type.equals("image/jpg")) {
			return "image/jpeg";
		}
		if (!IMAGE_TYPES.contains(type)) {
			throw OptionsCheck.invalid("Anthropic does not read images of type '%s', only of %s".formatted(type,
					String.join(", ", IMAGE_TYPES)));
		}
		return type;
	}

}
