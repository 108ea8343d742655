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

import io.routekit.Cost;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a call cost. A bean of this type takes the place of the one that
 * {@link CatalogueCostCalculator computes by the catalogue}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CostCalculator {

	/**
	 * Compute the cost of a call. This happens on the thread that delivers the answer, so
	 * it must not block, and for several calls at the same time.
	 * @param call the call
	 * @return the cost, or {@code null} if it is not known, which is not zero
	 */
	@Nullable Cost calculate(PricedCall call);

}
