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

package io.routekit.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.routekit.Model;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Annotation for a Spring test of any kind that replaces every {@link Model} by a
 * {@link FakeModel}, whatever the properties say: no key is needed, and nothing is sent.
 * A configured model keeps its name, its options, its prices and the filters around it. A
 * bean of the application becomes a fake of the same bean name, with the filters around
 * it.
 * <p>
 * The fake is a bean, to be injected as {@link FakeModel}. What it answers comes from
 * {@code routekit.provider.fake}, and from the test. Before each test method it is
 * {@linkplain FakeModel#reset() reset}, so a script belongs into the test or a
 * {@code @BeforeEach} method.
 * <p>
 * Tests with the same configuration share an application context, hence a fake. JUnit
 * Jupiter therefore never runs tests with this annotation in parallel with each other. A
 * test engine that does not know {@link ResourceLock} must be told so.
 *
 * @since 0.1.0
 * @see ModelTest
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@ResourceLock("io.routekit.fake.FakeModel")
public @interface AutoConfigureFakeModel {

	/**
	 * Determines what is replaced.
	 * @return the models to replace
	 */
	Replace replace() default Replace.ANY;

	/**
	 * What a fake can replace.
	 */
	enum Replace {

		/**
		 * Replace all models: those that are configured by properties, and the beans of
		 * the application.
		 */
		ANY,

		/**
		 * Replace the models that are configured by properties, but no bean of the
		 * application.
		 */
		AUTO_CONFIGURED,

		/**
		 * Replace nothing.
		 */
		NONE

	}

}
