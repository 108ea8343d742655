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

package io.routekit.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches when the fake provider is configured, if only as the default. Whether the
 * default counts depends on the keys, which are known once there are providers.
 */
class OnFakeProviderCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Binder binder = Binder.get(context.getEnvironment());
		String property = "routekit.provider.type";
		String type = binder.bind(property, String.class).orElse("");
		if (!StringUtils.hasText(type)) {
			property = "routekit.provider.default-type";
			type = binder.bind(property, String.class).orElse("");
		}
		ConditionMessage.Builder message = ConditionMessage.forCondition("RouteKit fake provider");
		return type.strip().equals("fake") ? ConditionOutcome.match(message.foundExactly("the property " + property))
				: ConditionOutcome.noMatch(message.because("the provider is another one"));
	}

}
