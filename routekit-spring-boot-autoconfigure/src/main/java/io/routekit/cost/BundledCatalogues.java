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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.UrlResource;
import org.springframework.util.Assert;

/**
 * The catalogues on the class path. There are several if a build has more than one
 * artifact of prices.
 */
final class BundledCatalogues {

	/**
	 * A format that this version cannot read gets another name, so that both may be on
	 * the class path.
	 */
	static final String LOCATION = "io/routekit/prices/catalogue.json";

	private static final String ARTIFACT = "routekit-prices";

	private BundledCatalogues() {
	}

	/**
	 * Return the catalogue of the latest day.
	 * @param classLoader the class loader to look in
	 * @return the catalogue, read anew
	 */
	static PriceCatalogue newest(ClassLoader classLoader) {
		PriceCatalogue newest = null;
		for (URL url : urls(classLoader)) {
			PriceCatalogue catalogue = read(url);
			if (newest == null || isAfter(catalogue.date(), newest.date())) {
				newest = catalogue;
			}
		}
		Assert.state(newest != null,
				"The bundled catalogue is missing: '%s' is not on the class path".formatted(ARTIFACT));
		return newest.named(ARTIFACT);
	}

	private static List<URL> urls(ClassLoader classLoader) {
		try {
			return Collections.list(classLoader.getResources(LOCATION));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The bundled catalogue could not be found", ex);
		}
	}

	private static PriceCatalogue read(URL url) {
		try (InputStream stream = new UrlResource(url).getInputStream()) {
			return PriceCatalogue.read(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The bundled catalogue could not be read", ex);
		}
	}

	private static boolean isAfter(@Nullable LocalDate date, @Nullable LocalDate other) {
		return date != null && (other == null || date.isAfter(other));
	}

}
