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
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.routekit.Model;
import io.routekit.ProviderFacts;
import io.routekit.http.ServerAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.UrlResource;
import org.springframework.util.Assert;

/**
 * The providers that prices are listed under, and the servers that each of them has.
 * Which of them a model belongs to is never guessed: it is the one that its settings or
 * its provider declare, otherwise the one whose server it is called at. Immutable.
 *
 * @since 0.1.0
 * @see ProviderFacts#priceProvider()
 */
public final class PriceProviders {

	/**
	 * What a model is declared to belong to if its calls are never priced.
	 */
	public static final String NONE = "none";

	/**
	 * What a model is declared to belong to if its calls cost nothing.
	 */
	public static final String FREE = "free";

	private static final String LOCATION = "io/routekit/prices/providers.json";

	private static final Set<String> OF_PROVIDER = Set.of("id", "servers", "deployments", "model");

	private static final Set<String> OF_MODEL = Set.of("answered", "requested");

	private final List<PriceProvider> providers;

	private final Map<String, PriceProvider> byName = new LinkedHashMap<>();

	PriceProviders(List<PriceProvider> providers) {
		this.providers = List.copyOf(providers);
		providers.forEach((provider) -> this.byName.putIfAbsent(provider.name(), provider));
	}

	/**
	 * Return the providers that come with the bundled prices.
	 * @return the providers, which are read once
	 */
	public static PriceProviders bundled() {
		return Bundled.PROVIDERS;
	}

	static PriceProviders read(InputStream json) {
		return new PriceProviders(readAll(json));
	}

	private static List<PriceProvider> readAll(InputStream json) {
		CatalogueNode root = CatalogueNode.document(CatalogueParser.parse(json, null));
		root.checkNames(Set.of("providers"));
		List<PriceProvider> providers = new ArrayList<>();
		for (CatalogueNode node : root.child("providers").children()) {
			node.checkNames(OF_PROVIDER);
			providers.add(new PriceProvider(node.child("id").text(),
					node.child("servers").children().stream().map(PriceProviders::readServer).toList(),
					Boolean.TRUE.equals(node.child("deployments").flag()),
					"requested".equals(readModel(node.child("model")))));
		}
		return providers;
	}

	private static PricedServer readServer(CatalogueNode node) {
		try {
			return PricedServer.parse(node.text());
		}
		catch (IllegalArgumentException ex) {
			throw node.invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static @Nullable String readModel(CatalogueNode node) {
		String model = node.optionalText();
		if (model != null && !OF_MODEL.contains(model)) {
			throw node.invalid("must be 'answered' or 'requested' but was '%s'".formatted(model));
		}
		return model;
	}

	/**
	 * Return the names of the providers.
	 * @return the names, in the order of the list
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.byName.keySet());
	}

	/**
	 * Return the name of the provider whose prices a model has.
	 * @param model the model
	 * @return the name, {@value #NONE} or {@value #FREE} if the model is declared to have
	 * no prices or to cost nothing, or {@code null} if nobody knows its server
	 */
	public @Nullable String nameFor(Model model) {
		Assert.notNull(model, "'model' must not be null");
		PriceProvider provider = find(model);
		return (provider != PriceProvider.UNKNOWN) ? provider.name() : null;
	}

	PriceProvider find(Model model) {
		String declared = ProviderFacts.of(model).priceProvider();
		URI endpoint = model.endpoint();
		if (declared != null) {
			return get(declared);
		}
		return (endpoint != null) ? at(endpoint) : get(model.provider());
	}

	private PriceProvider get(String name) {
		if (name.equals(NONE)) {
			return PriceProvider.NONE;
		}
		if (name.equals(FREE)) {
			return PriceProvider.FREE;
		}
		PriceProvider known = this.byName.get(name);
		return (known != null) ? known : PriceProvider.named(name);
	}

	// Who has a path of a server to itself is nearer than who has the rest of it
	private PriceProvider at(URI endpoint) {
		ServerAddress address = ServerAddress.of(endpoint);
		String path = Objects.requireNonNullElse(endpoint.getPath(), "");
		PriceProvider found = PriceProvider.UNKNOWN;
		int nearest = -1;
		for (PriceProvider provider : this.providers) {
			for (PricedServer server : provider.servers()) {
				if (server.path().length() > nearest && server.isAt(address, path)) {
					found = provider;
					nearest = server.path().length();
				}
			}
		}
		return found;
	}

	/**
	 * The bundled providers, which are read when they are first needed. Of several lists
	 * on the class path all count, since the servers of one are not those of another.
	 */
	private static final class Bundled {

		static final PriceProviders PROVIDERS = new PriceProviders(read(PriceProviders.class.getClassLoader()));

		private static List<PriceProvider> read(ClassLoader classLoader) {
			List<PriceProvider> providers = new ArrayList<>();
			try {
				for (URL url : Collections.list(classLoader.getResources(LOCATION))) {
					try (InputStream stream = new UrlResource(url).getInputStream()) {
						providers.addAll(readAll(stream));
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The bundled list of providers could not be read", ex);
			}
			return providers;
		}

	}

}
