import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A token of the system's own, a person's sign-in, and the check of a token's signature; nothing but the JDK (17 or later).
 *
 * <pre>
 *   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… java Quickstart.java own-token
 *   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… java Quickstart.java sign-in
 * </pre>
 */
public class Quickstart {
    static final String ISSUER = System.getenv("TONGXIN");
    static final String CLIENT_ID = System.getenv("CLIENT_ID");
    static final String CLIENT_SECRET = System.getenv("CLIENT_SECRET");
    static final int CALLBACK_PORT = Integer.parseInt(System.getenv().getOrDefault("CALLBACK_PORT", "9000"));
    static final String CALLBACK = "http://127.0.0.1:" + CALLBACK_PORT + "/callback";
    /** HTTP/1.1 by name: the JDK asks for HTTP/2 by an Upgrade header else, and over plain http the body then gets lost. */
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("sign-in")) {
            signIn();
        } else {
            ownToken();
        }
    }

    static void ownToken() throws Exception {
        String tokens = post("/oauth/token", Map.of("grant_type", "client_credentials", "scope", "opinion:read"));
        String accessToken = text(tokens, "access_token");
        System.out.println("Granted: " + text(tokens, "scope"));
        System.out.println("Its claims, verified: " + verified(accessToken, "at+jwt", ISSUER + "/graphql"));
        System.out.println("The graph says: " + ask(accessToken, "{ studios(first: 1) { nodes { name } } }"));
    }

    static void signIn() throws Exception {
        String state = random(16), nonce = random(16), verifier = random(48);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", CLIENT_ID);
        request.put("redirect_uri", CALLBACK);
        request.put("scope", "openid graph:read");
        request.put("state", state);
        request.put("nonce", nonce);
        request.put("code_challenge", BASE64URL.encodeToString(digest));
        request.put("code_challenge_method", "S256");
        CompletableFuture<String> callback = callback();
        System.out.println("Open this in a browser: " + ISSUER + "/oauth/authorize?" + form(request));

        String came = callback.get();
        if (!state.equals(parameter(came, "state")) || !ISSUER.equals(parameter(came, "iss"))) {
            throw new IllegalStateException("This answer is not to our question.");
        }
        if (parameter(came, "error") != null) {
            throw new IllegalStateException(parameter(came, "error"));
        }
        String tokens = post("/oauth/token", Map.of(
            "grant_type", "authorization_code",
            "code", parameter(came, "code"),
            "redirect_uri", CALLBACK,
            "code_verifier", verifier));
        String claims = verified(text(tokens, "id_token"), "JWT", CLIENT_ID);
        if (!nonce.equals(text(claims, "nonce"))) {
            throw new IllegalStateException("An id_token for another question.");
        }
        System.out.println("Signed in: " + text(claims, "sub") + " level " + text(claims, "acr"));
        System.out.println("The graph says: " + ask(text(tokens, "access_token"), "{ viewer { displayName roles } }"));
    }

    /** Check a token of the gateway and answer its claims: algorithm, type, key, signature, issuer, audience, time. */
    static String verified(String token, String type, String audience) throws Exception {
        String[] parts = token.split("\\.");
        String header = decoded(parts[0]), claims = decoded(parts[1]);
        if (!text(header, "alg").equals("ES256") || !text(header, "typ").equals(type)) {
            throw new SecurityException("another algorithm or type"); // never trust the header to choose
        }
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key(text(header, "kid")));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            throw new SecurityException("wrong signature");
        }
        long ends = Long.parseLong(found(claims, "\"exp\":(\\d+)"));
        if (!ISSUER.equals(text(claims, "iss")) || !audience.equals(text(claims, "aud")) || ends <= Instant.now().getEpochSecond()) {
            throw new SecurityException("another issuer or audience, or its time is over");
        }
        return claims;
    }

    /** The public key of that id; keep the keys for a while, and read them again when an id is new to you. */
    static PublicKey key(String kid) throws Exception {
        String keys = get("/oauth/jwks");
        for (String jwk : keys.split("\\},\\s*\\{")) {
            if (kid.equals(text(jwk, "kid")) && "P-256".equals(text(jwk, "crv"))) {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                ECPoint point = new ECPoint(number(text(jwk, "x")), number(text(jwk, "y")));
                return KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
            }
        }
        throw new SecurityException("unknown key");
    }

    static String ask(String accessToken, String query) throws Exception {
        String body = "{\"query\": \"" + query + "\"}";
        return sent(HttpRequest.newBuilder(URI.create(ISSUER + "/graphql"))
            .header("Authorization", "Bearer " + accessToken)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static String post(String path, Map<String, String> parameters) throws Exception {
        String login = URLEncoder.encode(CLIENT_ID, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8);
        return sent(HttpRequest.newBuilder(URI.create(ISSUER + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(parameters))));
    }

    static String get(String path) throws Exception {
        return sent(HttpRequest.newBuilder(URI.create(ISSUER + path)).GET());
    }

    static String sent(HttpRequest.Builder request) throws Exception {
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Wait for the browser; your web framework does this for you. */
    static CompletableFuture<String> callback() throws Exception {
        CompletableFuture<String> came = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", CALLBACK_PORT), 0);
        server.createContext("/callback", exchange -> {
            byte[] words = "You can close this window.".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, words.length);
            exchange.getResponseBody().write(words);
            exchange.close();
            came.complete(exchange.getRequestURI().getRawQuery());
            server.stop(0);
        });
        server.start();
        return came;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }

    static String parameter(String query, String name) {
        String value = found(query, "(?:^|&)" + name + "=([^&]*)");
        return value == null ? null : java.net.URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    /** A text of a JSON object; a stand-in for the JSON library you have. */
    static String text(String json, String name) {
        return found(json, "\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
    }

    static String found(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    static String decoded(String base64url) {
        return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
    }

    static BigInteger number(String base64url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64url));
    }

    static String random(int bytes) {
        byte[] made = new byte[bytes];
        new SecureRandom().nextBytes(made);
        return BASE64URL.encodeToString(made);
    }
}
