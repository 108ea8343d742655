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
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.agent.AgentFilter;
import io.routekit.cost.CostCalculator;
import io.routekit.fake.FakeModel;
import io.routekit.observation.AgentObservationConvention;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.ToolObservationConvention;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Annotation for a test that focuses <strong>only</strong> on beans that use a
 * {@link Model}.
 * <p>
 * Using this annotation only enables auto-configuration that is relevant to models:
 * RouteKit's, and that of metrics and observations. Component scanning is limited to the
 * {@linkplain #components() components to test} and to beans of the types {@link Model},
 * {@link ModelFilter}, {@link ModelProvider}, {@link ModelSettingsCustomizer},
 * {@link CostCalculator}, {@link ModelObservationConvention}, {@link ContentRedactor},
 * {@link AgentFilter}, {@link AgentObservationConvention} and
 * {@link ToolObservationConvention}.
 * <p>
 * Every model is replaced by a {@link FakeModel}. {@link AutoConfigureFakeModel} can be
 * used to change that. To load the whole application with fakes, use
 * {@link SpringBootTest} and {@link AutoConfigureFakeModel} instead.
 *
 * @since 0.1.0
 * @see AutoConfigureFakeModel
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(ModelTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(ModelTypeExcludeFilter.class)
@AutoConfigureFakeModel
@ImportAutoConfiguration
public @interface ModelTest {

	/**
	 * Properties in form {@literal key=value} that should be added to the Spring
	 * {@link Environment} before the test runs.
	 * @return the properties to add
	 */
	String[] properties() default {};

	/**
	 * Specifies the components to test. This is an alias of {@link #components()} which
	 * can be used for brevity if no other attributes are defined.
	 * @return the components to test
	 * @see #components()
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Specifies the components to test. May be left blank if components are imported or
	 * created by the test.
	 * @return the components to test
	 * @see #value()
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Determines if default filtering should be used with
	 * {@link SpringBootApplication @SpringBootApplication}. By default, only the
	 * components to test and the types that RouteKit looks for are included.
	 * @return if default filters should be used
	 * @see #includeFilters()
	 * @see #excludeFilters()
	 */
	boolean useDefaultFilters() default true;

	/**
	 * A set of include filters which can be used to add otherwise filtered beans to the
	 * application context.
	 * @return include filters to apply
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * A set of exclude filters which can be used to filter beans that would otherwise be
	 * added to the application context.
	 * @return exclude filters to apply
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration exclusions that should be applied for this test.
	 * @return auto-configuration exclusions to apply
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
