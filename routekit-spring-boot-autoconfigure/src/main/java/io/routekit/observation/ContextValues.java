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

package io.routekit.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.routekit.Model;
import io.routekit.OneLine;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

/**
 * What may become of the values in the context of an observation: no secrets anywhere, in
 * meters only what {@link BoundedTags} allows, and in spans one line.
 *
 * @param tags bounds the low-cardinality key values
 * @param secrets takes the secrets out
 * @param model the model that is called
 */
record ContextValues(BoundedTags tags, SecretRedactor secrets, Model model) {

	KeyValue withoutSecrets(KeyValue keyValue) {
		String value = this.secrets.redact(keyValue.getValue());
		return value.equals(keyValue.getValue()) ? keyValue : KeyValue.of(keyValue.getKey(), value);
	}

	String value(KeyValue tag, boolean underWay) {
		return underWay ? this.tags.valueAtStart(tag, this.model.name()) : this.tags.value(tag, this.model.name());
	}

	KeyValues ofMeters(KeyValues keyValues, boolean underWay) {
		return underWay ? this.tags.boundAtStart(keyValues, this.model.name())
				: this.tags.bound(keyValues, this.model.name());
	}

	KeyValues ofSpans(KeyValues low, KeyValues high, boolean underWay) {
		KeyValues keyValues = underWay ? ofMeters(low, true) : low;
		return KeyValues.of(keyValues, KeyValue::getKey, (keyValue) -> OneLine.ofName(keyValue.getValue())).and(high);
	}

	@Nullable String name(@Nullable String contextualName) {
		return (contextualName != null) ? OneLine.ofName(this.secrets.redact(contextualName)) : null;
	}

}
