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

package io.routekit.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The browser of the tests. They are skipped where there is no Chromium, named by the
 * variable {@code ROUTEKIT_CHROMIUM} or found on the path, or no {@code chromedriver} on
 * the path.
 */
final class Chromium {

	private Chromium() {
	}

	static ChromeDriver start() {
		Optional<Path> chromium = Optional.ofNullable(System.getenv("ROUTEKIT_CHROMIUM"))
			.map(Path::of)
			.or(() -> onPath("chromium", "chromium-browser", "google-chrome"));
		Optional<Path> chromedriver = onPath("chromedriver");
		assumeTrue(chromium.isPresent(), "There is no Chromium");
		assumeTrue(chromedriver.isPresent(), "There is no chromedriver");
		ChromeOptions options = new ChromeOptions().setBinary(chromium.get().toFile())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
					"--window-size=1280,820");
		return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.get().toFile())
			.usingAnyFreePort()
			.build(), options);
	}

	private static Optional<Path> onPath(String... names) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.of(names)
			.flatMap((name) -> Stream.of(path.split(File.pathSeparator)).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
