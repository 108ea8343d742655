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

import java.util.List;

import io.routekit.ChatRequest;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;

import org.springframework.util.Assert;
import org.springframework.util.CollectionUtils;

/**
 * An HTTP server that answers as OpenAI, Azure OpenAI and Anthropic do, from the script
 * of a {@link FakeModel}: for tests of what is between an application and its provider,
 * such as timeouts, proxies and the client itself. It listens on a free port of this
 * machine, needs no key, and takes requests to any path that ends like one of Chat
 * Completions or Messages, whole and streamed.
 * <p>
 * A failure in the script is sent as the provider would send it, with its status, its
 * retry hint and the provider's JSON, after the first event of a stream as an event. Some
 * kinds are no message but a behavior: {@link Kind#NETWORK} cuts the connection,
 * {@link Kind#TIMEOUT} without a status goes silent, and {@link Kind#INVALID_RESPONSE}
 * sends what is no JSON.
 * <p>
 * A server may be used by any number of threads. It needs Reactor Netty.
 *
 * @since 0.1.0
 * @see ModelServerExtension
 */
public final class ModelServer implements AutoCloseable {

	private final FakeModel model;

	private final RecordedRequests requests = new RecordedRequests();

	private final ReactorNettyModelServer server;

	private ModelServer(FakeModel model) {
		this.model = model;
		this.server = new ReactorNettyModelServer(model, this.requests);
	}

	/**
	 * Start a server that improvises until {@link #model()} gets a script.
	 * @return the server
	 */
	public static ModelServer start() {
		return start(FakeModel.of());
	}

	/**
	 * Start a server.
	 * @param model the model that answers
	 * @return the server
	 */
	public static ModelServer start(FakeModel model) {
		Assert.notNull(model, "'model' must not be null");
		return new ModelServer(model);
	}

	/**
	 * Return the base URL, which fits any provider.
	 * @return the URL, without a slash at its end
	 */
	public String url() {
		return "http://localhost:" + this.server.port();
	}

	/**
	 * Return the model that answers, to give it a script or to ask what it got as a
	 * {@link ChatRequest}.
	 * @return the model
	 */
	public FakeModel model() {
		return this.model;
	}

	/**
	 * Return the requests as they came, also those that the model did not get.
	 * @return the last 1,000 requests, oldest first
	 */
	public List<RecordedRequest> requests() {
		return this.requests.all();
	}

	/**
	 * Return the last request as it came.
	 * @return the request
	 * @throws IllegalStateException if there was none
	 */
	public RecordedRequest lastRequest() {
		RecordedRequest last = CollectionUtils.lastElement(requests());
		Assert.state(last != null, "The model server got no request");
		return last;
	}

	/**
	 * Forget the requests and {@linkplain FakeModel#reset() reset} the model.
	 */
	public void reset() {
		this.requests.clear();
		this.model.reset();
	}

	/**
	 * Stop the server and close all connections.
	 */
	@Override
	public void close() {
		this.server.close();
	}

	@Override
	public String toString() {
		return "ModelServer[" + url() + "]";
	}

}
