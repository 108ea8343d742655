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

package io.routekit.fake;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.DurationText;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderSecrets;

/**
 * The {@link ModelProvider} of {@link FakeModel}, selected by the type {@code fake}.
 *
 * @since 0.1.0
 */
public final class FakeModelProvider implements ModelProvider {

	@Override
	public String type() {
		return FakeModel.PROVIDER;
	}

	@Override
	public ProviderSecrets secrets() {
		return ProviderSecrets.of();
	}

	@Override
	public Model create(ModelSettings settings) {
		FakeModelProperties properties = settings.bind("fake", FakeModelProperties.class);
		check(settings, properties);
		FakeModel.Builder model = FakeModel.builder()
			.name((settings.model() != null) ? settings.model() : FakeModel.DEFAULT_NAME)
			.options(settings.options())
			.whenExhausted(properties.getWhenExhausted())
			.delay(properties.getDelay())
			.chunkSize(properties.getChunkSize());
		new FakeScriptMapper(settings.property("fake")).map(properties, model);
		return model.build();
	}

	@Override
	public Map<String, Object> describe(ModelSettings settings) {
		FakeModelProperties properties = settings.bind("fake", FakeModelProperties.class);
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("responses", properties.getResponses().size());
		description.put("rules", properties.getRules().size());
		if (properties.getWhenExhausted() != null) {
			description.put("whenExhausted", properties.getWhenExhausted());
		}
		description.put("delay", properties.getDelay());
		if (properties.getChunkSize() != null) {
			description.put("chunkSize", properties.getChunkSize());
		}
		return Map.of("fake", description);
	}

	private void check(ModelSettings settings, FakeModelProperties properties) {
		Duration delay = properties.getDelay();
		if (delay.isNegative()) {
			throw invalid(settings.property("fake.delay"), DurationText.of(delay),
					"a duration that is not negative, for example 30ms");
		}
		Integer chunkSize = properties.getChunkSize();
		if (chunkSize != null && chunkSize < 1) {
			throw invalid(settings.property("fake.chunk-size"), chunkSize,
					"a positive number of characters, or remove it to stream word by word");
		}
	}

	private ModelConfigurationException invalid(String property, Object value, String cure) {
		return new ModelConfigurationException("'%s' is %s".formatted(property, value),
				"Set '%s' to %s".formatted(property, cure));
	}

}
