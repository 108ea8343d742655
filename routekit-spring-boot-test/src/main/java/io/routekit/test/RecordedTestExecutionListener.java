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

package io.routekit.test;

import java.lang.reflect.Method;

import io.routekit.trace.Recordings;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Uses the recording that {@link Recorded} names. One that several tests name, or a test
 * that runs several times, goes on from test to test.
 */
class RecordedTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		Recorded recorded = recorded(testContext.getTestMethod(), testContext.getTestClass());
		if (recorded == null) {
			finish(testContext);
			return;
		}
		Recordings recordings = recordings(testContext);
		if (recordings != null) {
			recordings.start(recorded.value());
		}
	}

	@Override
	public void afterTestClass(TestContext testContext) {
		finish(testContext);
	}

	private static @Nullable Recorded recorded(Method method, Class<?> type) {
		Recorded recorded = AnnotatedElementUtils.findMergedAnnotation(method, Recorded.class);
		return (recorded != null) ? recorded : TestContextAnnotationUtils.findMergedAnnotation(type, Recorded.class);
	}

	private static void finish(TestContext testContext) {
		if (RecordedContextCustomizerFactory.isRecorded(testContext.getTestClass())
				&& testContext.hasApplicationContext()) {
			Recordings recordings = recordings(testContext);
			if (recordings != null) {
				recordings.finish();
			}
		}
	}

	private static @Nullable Recordings recordings(TestContext testContext) {
		return testContext.getApplicationContext().getBeanProvider(Recordings.class).getIfAvailable();
	}

}
