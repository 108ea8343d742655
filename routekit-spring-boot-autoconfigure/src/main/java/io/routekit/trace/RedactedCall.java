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

package io.routekit.trace;

import java.util.List;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.json.ModelJson;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Makes of a call what may be written of it: no secrets anywhere, its texts redacted, all
 * else as it is. Bytes of images and files are no text.
 */
final class RedactedCall {

	private final SecretRedactor secrets;

	private final RedactedText texts;

	private final RedactedEvents events;

	/**
	 * Create a new {@link RedactedCall} instance.
	 * @param secrets takes the secrets out of all that is written
	 * @param redactor takes out of texts what the application does not want to be written
	 */
	RedactedCall(SecretRedactor secrets, ContentRedactor redactor) {
		this.secrets = secrets;
		this.texts = new RedactedText(secrets, redactor);
		this.events = new RedactedEvents(this.texts, this::toolCall);
	}

	/**
	 * Return a call as the line that is written of it.
	 * @param call the call
	 * @return the line
	 */
	String line(TracedCall call) {
		return CallJson.write(of(call), true, this.secrets);
	}

	/**
	 * Return what was asked as a line would be read that is written of it.
	 * @param call what was asked
	 * @return what would be read
	 */
	RequestedCall of(RequestedCall call) {
		ChatRequest request = of(call.request());
		JsonNode json = ModelJson.write(request);
		JsonNode redacted = this.secrets.redact(json);
		return new RequestedCall(call.provider(), this.secrets.redact(call.model()), call.stream(),
				(redacted != json) ? ModelJson.readRequest(redacted, request.tags()) : request);
	}

	TracedCall of(TracedCall call) {
		ModelResponse response = call.response();
		Throwable failure = call.failure();
		return call.withContent(of(call.request()), (response != null) ? of(response) : null,
				(failure instanceof ModelException exception) ? of(exception) : failure, this.events.of(call.events()));
	}

	private ChatRequest of(ChatRequest request) {
		return ChatRequest.builder()
			.messages(request.messages().stream().map(this::of).toList())
			.tools(request.tools().stream().map(this::of).toList())
			.tags(request.tags())
			.build()
			.withOptions(of(request.options()));
	}

	private Message of(Message message) {
		if (message instanceof UserMessage user) {
			return new UserMessage(user.parts().stream().map(this::of).toList());
		}
		if (message instanceof AssistantMessage assistant) {
			return new AssistantMessage(assistant.parts().stream().map(this::of).toList());
		}
		if (message instanceof ToolMessage tool) {
			return new ToolMessage(tool.toolCallId(), tool.parts().stream().map(this::of).toList(), tool.error());
		}
		return new SystemMessage(this.texts.of(message.text()));
	}

	private ContentPart of(ContentPart part) {
		if (part instanceof TextPart text) {
			return text(text);
		}
		String url = (part instanceof ImagePart image) ? image.url() : null;
		if (url == null) {
			return part;
		}
		String redacted = this.texts.of(url);
		ImagePart image = ImagePart.ofUrl(StringUtils.hasText(redacted) ? redacted : RedactedText.FAILED);
		String detail = ((ImagePart) part).detail();
		return (detail != null) ? image.withDetail(detail) : image;
	}

	private TextPart text(TextPart part) {
		return new TextPart(this.texts.of(part.text()), state(part.state()));
	}

	private AssistantPart of(AssistantPart part) {
		if (part instanceof TextPart text) {
			return text(text);
		}
		if (part instanceof ReasoningPart reasoning) {
			return new ReasoningPart(this.texts.of(reasoning.text()), state(reasoning.state()));
		}
		if (part instanceof ToolCall call) {
			return toolCall(call);
		}
		ProviderState state = ((OpaquePart) part).state();
		return new OpaquePart(new ProviderState(state.issuer(), this.texts.of(state.json())));
	}

	private ToolCall toolCall(ToolCall call) {
		return new ToolCall(call.id(), call.name(), this.texts.of(call.arguments()), call.complete(),
				state(call.state()));
	}

	private @Nullable ProviderState state(@Nullable ProviderState state) {
		return (state != null) ? new ProviderState(state.issuer(), this.texts.of(state.json())) : null;
	}

	private Tool of(Tool tool) {
		return new Tool(tool.name(), this.texts.ofNullable(tool.description()), this.texts.ofObject(tool.parameters()),
				tool.strict());
	}

	private ChatOptions of(ChatOptions options) {
		List<String> stop = options.stop();
		ResponseFormat format = options.responseFormat();
		return options.mutate()
			.stop((stop != null) ? stop.stream().map(this.texts::of).toList() : null)
			.user(this.texts.ofNullable(options.user()))
			.responseFormat((format != null)
					? new ResponseFormat(format.name(), this.texts.ofObject(format.schema()), format.strict()) : null)
			.extra(this.texts.ofValues(options.extra()))
			.build();
	}

	private ModelResponse of(ModelResponse response) {
		Usage usage = response.usage();
		ModelResponse.Builder redacted = ModelResponse.builder()
			.parts(ModelJson.parts(response).stream().map(this::of).toList())
			.refusal(this.texts.ofNullable(response.refusal()))
			.finishReason(response.finishReason(), response.rawFinishReason())
			.usage(usage)
			.provider(response.provider())
			.model(response.model())
			.id(response.id())
			.requestId(response.requestId());
		this.texts.ofValues(response.metadata()).forEach(redacted::metadata);
		return redacted.build();
	}

	private ModelException of(ModelException exception) {
		String message = exception.getMessage();
		ModelException.Builder redacted = ModelException
			.builder(exception.getKind(), (message != null) ? this.texts.of(message) : "")
			.provider(exception.getProvider())
			.model(exception.getModel())
			.status(exception.getStatus())
			.retryAfter(exception.getRetryAfter())
			.requestId(exception.getRequestId())
			.retryable(exception.isRetryable());
		this.texts.ofValues(exception.getDetails()).forEach(redacted::detail);
		return redacted.build();
	}

}
