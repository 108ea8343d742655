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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.routekit.OneLine;
import io.routekit.secret.SecretRedactor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A convention of the application, in whose place the default one answers where it
 * throws. Conventions are asked before the handlers are told of an end, so that an
 * observation whose convention throws would never end.
 *
 * @param <T> the type of the context
 */
final class GuardedConvention<T extends Observation.Context> implements ObservationConvention<T> {

	private static final Log logger = LogFactory.getLog(GuardedConvention.class);

	private final ObservationConvention<T> convention;

	private final ObservationConvention<T> fallback;

	private final SecretRedactor secrets;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create a new {@link GuardedConvention} instance.
	 * @param convention the convention of the application
	 * @param fallback answers where it throws
	 * @param secrets takes the secrets out of what it throws
	 */
	GuardedConvention(ObservationConvention<T> convention, ObservationConvention<T> fallback, SecretRedactor secrets) {
		this.convention = convention;
		this.fallback = fallback;
		this.secrets = secrets;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.fallback.supportsContext(context);
	}

	@Override
	public @Nullable String getName() {
		return ask(ObservationConvention::getName);
	}

	@Override
	public @Nullable String getContextualName(T context) {
		return ask((convention) -> convention.getContextualName(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(T context) {
		return ask((convention) -> convention.getLowCardinalityKeyValues(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(T context) {
		return ask((convention) -> convention.getHighCardinalityKeyValues(context));
	}

	private <R extends @Nullable Object> R ask(Function<ObservationConvention<T>, R> question) {
		try {
			return question.apply(this.convention);
		}
		catch (Throwable ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("The convention %s failed: the default one answers in its place"
					.formatted(this.convention.getClass().getName()), OneLine.of(this.secrets.redact(ex)));
			}
			return question.apply(this.fallback);
		}
	}

}
