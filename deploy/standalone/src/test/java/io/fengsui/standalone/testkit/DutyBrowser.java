package io.fengsui.standalone.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser of a duty officer, in Chinese. What he sees is left in target/screenshots for people to look at. */
public final class DutyBrowser implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final URI console;
    private final ChromeDriver browser;

    /** @param profile empty directory */
    public DutyBrowser(URI console, Path profile) throws IOException {
        Programs.require("chromium");
        Programs.require("chromedriver");
        Files.createDirectories(PICTURES);
        this.console = console;
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                        .build(),
                options);
        browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(1));
        browser.manage().window().setSize(new Dimension(1280, 900));
    }

    public void logIn(String name, String password) {
        open("/login");
        type("name", name);
        type("password", password);
        click("button.primary");
        await("the board").atMost(SOON).until(() -> !browser.getCurrentUrl().contains("/login"));
    }

    public void open(String path) {
        browser.get(console.resolve(path).toString());
    }

    public void openFile(Path page) {
        browser.get(page.toUri().toString());
    }

    /** Waits until an element is there, by itself: nobody presses a key. */
    public void awaitElement(String css, Duration atMost) {
        await(css).atMost(atMost).until(() -> !browser.findElements(By.cssSelector(css))
                .isEmpty());
    }

    /** Waits until an element says something, by itself. */
    public void awaitText(String css, String text, Duration atMost) {
        await(css + ": " + text)
                .atMost(atMost)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> text(css), shown -> shown.contains(text));
    }

    /** What is to be read there; empty if there is no such element. */
    public String text(String css) {
        return browser.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .findFirst()
                .orElse("");
    }

    public void type(String field, String text) {
        WebElement input = browser.findElement(By.name(field));
        input.clear();
        input.sendKeys(text);
    }

    public void choose(String field, String value) {
        browser.findElement(By.cssSelector("select[name='" + field + "'] option[value='" + value + "']"))
                .click();
    }

    /** Opens a fold unless it is open. */
    public void unfold(String css) {
        if (browser.findElement(By.cssSelector(css)).getDomAttribute("open") == null) {
            click(css + " > summary");
        }
    }

    public void click(String css) {
        await(css).atMost(SOON).ignoreExceptionsMatching(DutyBrowser::passes).until(() -> {
            WebElement element = browser.findElement(By.cssSelector(css));
            browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
            return true;
        });
    }

    /** The page has just been renewed, or is moving. */
    private static boolean passes(Throwable failure) {
        return failure instanceof StaleElementReferenceException || failure instanceof ElementClickInterceptedException;
    }

    /** Acts on the alert that is open, and waits until it is done. */
    public void act(String action) {
        click("button[value='" + action + "']:not([tabindex])");
        awaitDone(action);
    }

    /** Acts, and says yes to the question that comes. */
    public void actAndConfirm(String action) {
        click("button[value='" + action + "']:not([tabindex])");
        click("button.danger[value='" + action + "']");
        awaitDone(action);
    }

    private void awaitDone(String action) {
        await("done: " + action).atMost(SOON).until(() -> browser.getCurrentUrl()
                .endsWith("?done=" + action));
    }

    /** Leaves a picture of the whole page. */
    public void picture(String name) throws IOException {
        Dimension window = browser.manage().window().getSize();
        Object height = browser.executeScript("return document.documentElement.scrollHeight");
        browser.manage().window().setSize(new Dimension(1280, Math.min(4000, ((Number) height).intValue() + 150)));
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        browser.manage().window().setSize(window);
    }

    @Override
    public void close() {
        browser.quit();
    }
}
