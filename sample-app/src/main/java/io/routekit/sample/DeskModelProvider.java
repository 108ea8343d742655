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

package io.routekit.sample;

import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderSecrets;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeModelProperties;
import io.routekit.fake.FakeModelProvider;

import org.springframework.stereotype.Component;

/**
 * Teaches the fake model to {@linkplain DeskScript play} the desk, unless it has a script
 * already.
 */
@Component
final class DeskModelProvider implements ModelProvider {

	private final FakeModelProvider fake;

	DeskModelProvider(FakeModelProvider fake) {
		this.fake = fake;
	}

	@Override
	public String type() {
		return this.fake.type();
	}

	@Override
	public ProviderSecrets secrets() {
		return this.fake.secrets();
	}

	@Override
	public Model create(ModelSettings settings) {
		FakeModel model = (FakeModel) this.fake.create(settings);
		FakeModelProperties properties = settings.bind("fake", FakeModelProperties.class);
		boolean scripted = !properties.getResponses().isEmpty() || !properties.getRules().isEmpty()
				|| properties.getWhenExhausted() != null;
		return scripted ? model : model.when(DeskScript::isFor).respondWith(DeskScript::answer);
	}

	@Override
	public Map<String, Object> describe(ModelSettings settings) {
		return this.fake.describe(settings);
	}

}
