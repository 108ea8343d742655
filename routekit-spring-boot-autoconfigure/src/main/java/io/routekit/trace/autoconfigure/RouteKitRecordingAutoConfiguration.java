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

package io.routekit.trace.autoconfigure;

import io.routekit.autoconfigure.IncompleteModels;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMatcher;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for recording and replaying calls.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitCostAutoConfiguration.class, before = RouteKitAutoConfiguration.class)
@ConditionalOnProperty("routekit.recording.mode")
@EnableConfigurationProperties(RecordingProperties.class)
@Import(SecretConfiguration.class)
public final class RouteKitRecordingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RecordingMatcher routeKitRecordingMatcher() {
		return RecordingMatcher.byContent();
	}

	@Bean
	@ConditionalOnMissingBean
	Recordings routeKitRecordings(RecordingProperties properties, RecordingMatcher matcher, SecretRedactor secrets,
			ObjectProvider<ContentRedactor> redactor) {
		return Recordings.builder(properties.getDirectory(), properties.getMode())
			.pace(properties.getPace())
			.matcher(matcher)
			.secrets(secrets)
			.redactor(redactor.getIfAvailable(() -> (content) -> content))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	RecordingFilter routeKitRecordingFilter(Recordings recordings) {
		return new RecordingFilter(recordings);
	}

	/**
	 * Models that recordings answer for, which need neither a key nor a server.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnReplayCondition.class)
	static class ReplayConfiguration {

		@Bean
		@ConditionalOnMissingBean
		IncompleteModels routeKitIncompleteModels() {
			return UnconfiguredModel::new;
		}

	}

	/**
	 * Matches if the {@linkplain RecordingMode#isReplaying() mode} replays.
	 */
	static class OnReplayCondition implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return Binder.get(context.getEnvironment())
				.bind("routekit.recording.mode", RecordingMode.class)
				.map(RecordingMode::isReplaying)
				.orElse(false);
		}

	}

}
