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

package io.routekit.actuate;

import io.routekit.observation.CallLedger;
import io.routekit.observation.MeteringFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.util.Assert;

/**
 * Shows what calls took.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding(CallsDescriptor.class)
public final class CallsSection implements EndpointSection {

	private final CallLedger ledger;

	private final MeteringFilter metering;

	/**
	 * Create a new {@link CallsSection} instance.
	 * @param ledger knows what calls took
	 * @param metering tells whether calls are observed
	 */
	public CallsSection(CallLedger ledger, MeteringFilter metering) {
		Assert.notNull(ledger, "'ledger' must not be null");
		Assert.notNull(metering, "'metering' must not be null");
		this.ledger = ledger;
		this.metering = metering;
	}

	@Override
	public String name() {
		return "calls";
	}

	@Override
	public @Nullable CallsDescriptor describe() {
		return this.metering.isObserving() ? CallsDescriptor.of(this.ledger) : null;
	}

}
