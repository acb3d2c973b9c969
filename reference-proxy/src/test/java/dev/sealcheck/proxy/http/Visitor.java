package dev.sealcheck.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.Books;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A guest with one lock for one form of request, who can tell what became of the lock. */
final class Visitor {

  static final Refusal NO_LOCK = new Refusal(425, "UNAVAILABLE_STACK");

  final ProxyFixture proxy;
  final Form form;
  final ProxyFixture.Guest guest;
  final long stack;
  private final long reservedUnits;
  private final int arrivalsBefore;

  Visitor(ProxyFixture proxy, Form form) throws Exception {
    this(proxy, form, proxy.guest());
  }

  Visitor(ProxyFixture proxy, Form form, ProxyFixture.Guest guest) throws Exception {
    this.proxy = proxy;
    this.form = form;
    this.guest = guest;
    // Long enough that no machine is slow enough for it to expire.
    stack = proxy.lock(guest.token(), "{\"model\":\"" + form.model() + "\",\"timeout\":600}");
    reservedUnits = books().reservedUnits();
    arrivalsBefore = proxy.node.arrivals.size();
  }

  /** A request that nothing is wrong with. */
  HttpRequest.Builder request() {
    return request(form.envelope(stack));
  }

  HttpRequest.Builder request(ObjectNode envelope) {
    return request(StrictJson.write(envelope));
  }

  HttpRequest.Builder request(byte[] body) {
    return proxy.request(form.path().path(), Optional.of(guest.token()), body);
  }

  HttpResponse<byte[]> send() throws Exception {
    return send(request());
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return proxy.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The lock is as it was, nothing was forwarded, and the lock still serves a good request. */
  void assertLockKept() throws Exception {
    assertThat(forwarded()).isZero();
    assertLockServes();
  }

  /** One request was forwarded, and the lock lives again. */
  void assertLockGivenBack() throws Exception {
    assertThat(forwarded()).isEqualTo(1);
    assertLockServes();
  }

  /** One request was forwarded, the units are free, nothing was charged and no lock is left. */
  void assertLockReleased() throws Exception {
    assertThat(forwarded()).isEqualTo(1);
    assertLockGone();
  }

  /** The units are free, nothing was charged and no lock is left. */
  void assertLockGone() throws Exception {
    Books.StackEntry books = books();
    assertThat(books.usedUnits()).isZero();
    assertThat(books.reservedUnits()).isZero();
    assertThat(books.liveLocks()).isZero();
    assertThat(books.openReservations()).isZero();
    NO_LOCK.assertIs(send());
  }

  private void assertLockServes() throws Exception {
    Books.StackEntry books = books();
    assertThat(books.usedUnits()).isZero();
    assertThat(books.reservedUnits()).isEqualTo(reservedUnits).isPositive();
    assertThat(books.liveLocks()).isEqualTo(1);
    assertThat(books.openReservations()).isZero();
    proxy.node.answersWell();
    assertThat(send().statusCode()).isEqualTo(200);
    assertThat(books().usedUnits()).isPositive();
    assertThat(books().reservedUnits()).isZero();
    NO_LOCK.assertIs(send());
  }

  private int forwarded() {
    return proxy.node.arrivals.size() - arrivalsBefore;
  }

  private Books.StackEntry books() {
    return proxy.stacks(guest.id()).get(0);
  }
}
