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

package io.routekit.benchmarks.server;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import javax.management.JMException;
import javax.management.ObjectName;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a connection, one after the other.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

	private final Scripts scripts;

	private String uri = "";

	private @Nullable Player player;

	ConnectionHandler(Scripts scripts) {
		this.scripts = scripts;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.uri = request.uri();
		}
		if (message instanceof LastHttpContent) {
			answer(context);
		}
		ReferenceCountUtil.release(message);
	}

	private void answer(ChannelHandlerContext context) {
		if (this.uri.equals("/cpu")) {
			String answer = Http.whole(String.valueOf(cpuTime())).get(0);
			context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII), context.voidPromise());
			return;
		}
		Script script = this.scripts.get(this.uri);
		this.player = new Player(context.channel(), script);
		if (script.delay() > 0) {
			context.executor().schedule(this.player, script.delay(), TimeUnit.MICROSECONDS);
		}
		else {
			this.player.run();
		}
	}

	private static Object cpuTime() {
		try {
			return ManagementFactory.getPlatformMBeanServer()
				.getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "ProcessCpuTime");
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.player != null) {
			this.player.resume();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		// A client that hangs up in the middle is no concern of the others
		context.close();
	}

}
