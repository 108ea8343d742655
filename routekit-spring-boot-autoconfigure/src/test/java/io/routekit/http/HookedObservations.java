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

package io.routekit.http;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.observation.DefaultModelObservationConvention;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.ModelObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * What an application has for observations, all of which throws.
 */
final class HookedObservations {

	private HookedObservations() {
	}

	/**
	 * A handler that throws.
	 */
	static final class Handler implements ObservationHandler<ModelObservationContext> {

		private final Faults faults;

		Handler(Faults faults) {
			this.faults = faults;
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			if (context instanceof ModelObservationContext) {
				this.faults.at(Hook.OBSERVATION_SUPPORT);
				return true;
			}
			return false;
		}

		@Override
		public void onStart(ModelObservationContext context) {
			this.faults.at(Hook.OBSERVATION_START);
		}

		@Override
		public void onError(ModelObservationContext context) {
			this.faults.at(Hook.OBSERVATION_ERROR);
		}

		@Override
		public void onScopeOpened(ModelObservationContext context) {
			this.faults.at(Hook.OBSERVATION_SCOPE_OPENED);
		}

		@Override
		public void onScopeClosed(ModelObservationContext context) {
			this.faults.at(Hook.OBSERVATION_SCOPE_CLOSED);
		}

		@Override
		public void onStop(ModelObservationContext context) {
			this.faults.at(Hook.OBSERVATION_STOP);
		}

	}

	/**
	 * A convention that throws.
	 */
	static final class Convention implements ModelObservationConvention {

		private final ModelObservationConvention delegate = new DefaultModelObservationConvention();

		private final Faults faults;

		Convention(Faults faults) {
			this.faults = faults;
		}

		@Override
		public @Nullable String getName() {
			return this.faults.at(Hook.CONVENTION_NAME, this.delegate.getName());
		}

		@Override
		public @Nullable String getContextualName(ModelObservationContext context) {
			return this.faults.at(Hook.CONVENTION_CONTEXTUAL_NAME, this.delegate.getContextualName(context));
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ModelObservationContext context) {
			return this.faults.at(Hook.CONVENTION_LOW_CARDINALITY, this.delegate.getLowCardinalityKeyValues(context));
		}

		@Override
		public KeyValues getHighCardinalityKeyValues(ModelObservationContext context) {
			return this.faults.at(Hook.CONVENTION_HIGH_CARDINALITY, this.delegate.getHighCardinalityKeyValues(context));
		}

	}

}
