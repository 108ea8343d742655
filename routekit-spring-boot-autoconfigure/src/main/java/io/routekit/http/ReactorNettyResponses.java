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

import java.io.EOFException;
import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Drops interim responses such as {@code 103 Early Hints}: Reactor Netty would take one
 * for the answer, and the answer for that of the next call. And fails at once for what is
 * not HTTP.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.2">RFC 9110, section
 * 15.2</a>
 */
final class ReactorNettyResponses extends ChannelInboundHandlerAdapter {

	private boolean dropping;

	private boolean starved;

	private ReactorNettyResponses() {
	}

	static void handle(ChannelPipeline pipeline) {
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, ReactorNettyResponses.class.getName(),
					new ReactorNettyResponses());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
			ReferenceCountUtil.release(message);
			context.fireExceptionCaught(toFailure(part.decoderResult().cause()));
			context.close();
			return;
		}
		this.dropping = this.dropping || isInterim(message);
		if (!this.dropping) {
			this.starved = false;
			context.fireChannelRead(message);
			return;
		}
		this.dropping = !(message instanceof LastHttpContent);
		this.starved = true;
		ReferenceCountUtil.release(message);
	}

	private static IOException toFailure(Throwable cause) {
		return (cause instanceof PrematureChannelClosureException)
				? new EOFException("Connection closed in the head of the answer") : new MalformedHttpException(cause);
	}

	private static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL
				&& response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
	}

	// Whoever waits for the answer has asked for one read only
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.starved) {
			this.starved = false;
			context.read();
		}
		context.fireChannelReadComplete();
	}

}
