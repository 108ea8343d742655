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

package io.routekit.test.server;

import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.util.Assert;

/**
 * JUnit Jupiter extension that runs a {@link ModelServer}: from its registration until
 * the tests of the class are over, {@linkplain ModelServer#reset() reset} before each
 * test, and passed to methods and constructors that ask for it. For use in a static field
 * with {@code @RegisterExtension}, where {@link #server()} is there for dynamic
 * properties, or with {@code @ExtendWith}.
 * <p>
 * Tests of a class share the server, hence must not run in parallel with each other.
 *
 * @since 0.1.0
 */
public final class ModelServerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(ModelServerExtension.class);

	private final ModelServer server;

	/**
	 * Create a new {@link ModelServerExtension} instance with a server that improvises
	 * until it gets a script.
	 */
	public ModelServerExtension() {
		this.server = ModelServer.start();
	}

	/**
	 * Create a new {@link ModelServerExtension} instance.
	 * @param model the model that answers
	 */
	public ModelServerExtension(FakeModel model) {
		Assert.notNull(model, "'model' must not be null");
		this.server = ModelServer.start(model);
	}

	/**
	 * Return the server.
	 * @return the server, which is running
	 */
	public ModelServer server() {
		return this.server;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		closeAfter(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		closeAfter(context);
		this.server.reset();
	}

	// A nested class finds the value of the class around it, and leaves the server to it
	private void closeAfter(ExtensionContext context) {
		context.getStore(NAMESPACE).computeIfAbsent(this, (extension) -> this.server, ModelServer.class);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
		return parameterContext.getParameter().getType() == ModelServer.class;
	}

	@Override
	public ModelServer resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
		return this.server;
	}

}
