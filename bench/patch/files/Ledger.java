package shop.accounts;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Entries of a small business, booked twice: once for where money comes from and once for where it goes.
 */
public final class Ledger {
    private static final String LINE = "%s;%s;%s;%s%n";
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    private final Map<String, Account> accounts = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private int nextNumber = 1;

    /** A named account with a balance. */
    public static final class Account {
        private final String name;
        private BigDecimal balance = ZERO;
        private boolean closed;

        Account(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public String getName() {
            return name;
        }

        public BigDecimal getBalance() {
            return balance;
        }

        public boolean isClosed() {
            return closed;
        }

        void debit(BigDecimal amount) {
            if (closed) {
                throw new IllegalStateException("account is closed: " + name);
            }
            balance = balance.subtract(amount);
        }

        void credit(BigDecimal amount) {
            if (closed) {
                throw new IllegalStateException("account is closed: " + name);
            }
            balance = balance.add(amount);
        }
    }

    /** One booking. */
    public static final class Entry {
        private final int number;
        private final LocalDate date;
        private final String from;
        private final String to;
        private final BigDecimal amount;
        private final String text;

        Entry(int number, LocalDate date, String from, String to, BigDecimal amount, String text) {
            this.number = number;
            this.date = date;
            this.from = from;
            this.to = to;
            this.amount = amount;
            this.text = text;
        }

        public int getNumber() {
            return number;
        }

        public LocalDate getDate() {
            return date;
        }

        public String getFrom() {
            return from;
        }

        public String getTo() {
            return to;
        }

        public BigDecimal getAmount() {
            return amount;
        }

        @Override
        public String toString() {
            return number + "\t" + date + "\t" + from + " -> " + to + "\t" + amount + "\t" + text;
        }
    }

    public Account open(String name) {
        if (accounts.containsKey(name)) {
            throw new IllegalArgumentException("there is an account \"" + name + "\" already");
        }
        Account account = new Account(name);
        accounts.put(name, account);
        return account;
    }

    public void close(String name) {
        Account account = require(name);
        if (account.balance.signum() != 0) {
            throw new IllegalStateException("account is not empty: " + name);
        }
        account.closed = true;
    }

    public Entry book(LocalDate date, String from, String to, BigDecimal amount, String text) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount has to be positive: " + amount);
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("both accounts are the same: " + from);
        }
        require(from).debit(amount);
        require(to).credit(amount);
        Entry entry = new Entry(nextNumber++, date, from, to, amount, text);
        entries.add(entry);
        return entry;
    }

    public Entry cancel(int number, LocalDate date) {
        Entry entry = find(number).orElseThrow(() -> new IllegalArgumentException("no entry " + number));
        return book(date, entry.to, entry.from, entry.amount, "cancels " + number);
    }

    public Optional<Entry> find(int number) {
        return entries.stream().filter(entry -> entry.number == number).findFirst();
    }

    public List<Entry> between(LocalDate first, LocalDate last) {
        return entries.stream()
            .filter(entry -> !entry.date.isBefore(first))
            .filter(entry -> !entry.date.isAfter(last))
            .collect(Collectors.toList());
    }

    public List<Entry> of(String name) {
        require(name);
        return entries.stream()
            .filter(entry -> entry.from.equals(name) || entry.to.equals(name))
            .collect(Collectors.toList());
    }

    public BigDecimal income(String name) {
        BigDecimal total = ZERO;
        for (Entry entry : of(name)) {
            if (entry.to.equals(name)) {
                total = total.add(entry.amount);
            }
        }
        return total;
    }

    public BigDecimal expenses(String name) {
        BigDecimal total = ZERO;
        for (Entry entry : of(name)) {
            if (entry.from.equals(name)) {
                total = total.add(entry.amount);
            }
        }
        return total;
    }

    public String export() {
        StringBuilder out = new StringBuilder("number;date;amount;text\n");
        for (Entry entry : entries) {
            out.append(String.format(LINE, entry.number, entry.date, entry.amount, entry.text));
        }
        return out.toString();
    }

    public List<String> names() {
        List<String> names = new ArrayList<>(accounts.keySet());
        Collections.sort(names);
        return names;
    }

    private Account require(String name) {
        Account account = accounts.get(name);
        if (account == null) {
            throw new IllegalArgumentException("there is no account \"" + name + "\"");
        }
        return account;
    }
}
