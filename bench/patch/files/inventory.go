// Package inventory keeps the stock of a small warehouse in memory.
package inventory

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

// ErrUnknown is returned for an article nobody has registered.
var ErrUnknown = errors.New("inventory: unknown article")

// ErrShort is returned where less is in stock than was asked for.
var ErrShort = errors.New("inventory: not enough in stock")

const (
	defaultLimit  = 50
	reorderLevel  = 12
	lineFormat    = "%-12s %6d  %s\n"
	headingFormat = "%-12s %6s  %s\n"
)

// Article is one thing that can be counted.
type Article struct {
	Code     string    `json:"code"`
	Title    string    `json:"title"`
	Count    int       `json:"count"`
	Reserved int       `json:"reserved"`
	Price    int64     `json:"price"`
	Updated  time.Time `json:"updated"`
}

// Store holds articles by their code.
type Store struct {
	mu       sync.RWMutex
	articles map[string]*Article
	clock    func() time.Time
	log      []string
}

// New makes an empty store.
func New(clock func() time.Time) *Store {
	if clock == nil {
		clock = time.Now
	}
	return &Store{
		articles: make(map[string]*Article),
		clock:    clock,
	}
}

// Register adds an article with nothing in stock.
func (s *Store) Register(code, title string, price int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()

	code = strings.ToUpper(strings.TrimSpace(code))
	if code == "" {
		return errors.New("inventory: empty code")
	}
	if _, ok := s.articles[code]; ok {
		return fmt.Errorf("inventory: %q is registered already", code)
	}
	s.articles[code] = &Article{
		Code:    code,
		Title:   title,
		Price:   price,
		Updated: s.clock(),
	}
	s.log = append(s.log, "register "+code)
	return nil
}

// Receive puts more of an article into stock.
func (s *Store) Receive(code string, amount int) error {
	s.mu.Lock()
	defer s.mu.Unlock()

	article, ok := s.articles[code]
	if !ok {
		return ErrUnknown
	}
	if amount <= 0 {
		return fmt.Errorf("inventory: cannot receive %d", amount)
	}
	article.Count += amount
	article.Updated = s.clock()
	s.log = append(s.log, fmt.Sprintf("receive %s\t%d", code, amount))
	return nil
}

// Withdraw takes some of an article out of stock.
func (s *Store) Withdraw(code string, amount int) error {
	s.mu.Lock()
	defer s.mu.Unlock()

	article, ok := s.articles[code]
	if !ok {
		return ErrUnknown
	}
	if amount <= 0 {
		return fmt.Errorf("inventory: cannot withdraw %d", amount)
	}
	if article.Count-article.Reserved < amount {
		return ErrShort
	}
	article.Count -= amount
	article.Updated = s.clock()
	s.log = append(s.log, fmt.Sprintf("withdraw %s\t%d", code, amount))
	return nil
}

// Reserve keeps some of an article for later.
func (s *Store) Reserve(code string, amount int) error {
	s.mu.Lock()
	defer s.mu.Unlock()

	article, ok := s.articles[code]
	if !ok {
		return ErrUnknown
	}
	if article.Count-article.Reserved < amount {
		return ErrShort
	}
	article.Reserved += amount
	article.Updated = s.clock()
	s.log = append(s.log, fmt.Sprintf("reserve %s\t%d", code, amount))
	return nil
}

// Release gives up what was reserved.
func (s *Store) Release(code string, amount int) error {
	s.mu.Lock()
	defer s.mu.Unlock()

	article, ok := s.articles[code]
	if !ok {
		return ErrUnknown
	}
	if article.Reserved < amount {
		return fmt.Errorf("inventory: only %d of %s are reserved", article.Reserved, code)
	}
	article.Reserved -= amount
	article.Updated = s.clock()
	s.log = append(s.log, fmt.Sprintf("release %s\t%d", code, amount))
	return nil
}

// Low lists articles that should be ordered, the scarcest first.
func (s *Store) Low() []Article {
	s.mu.RLock()
	defer s.mu.RUnlock()

	var low []Article
	for _, article := range s.articles {
		if article.Count-article.Reserved < reorderLevel {
			low = append(low, *article)
		}
	}
	sort.Slice(low, func(i, j int) bool {
		if low[i].Count != low[j].Count {
			return low[i].Count < low[j].Count
		}
		return low[i].Code < low[j].Code
	})
	if len(low) > defaultLimit {
		low = low[:defaultLimit]
	}
	return low
}

// Value is the price of everything in stock, in cents.
func (s *Store) Value() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()

	var total int64
	for _, article := range s.articles {
		total += int64(article.Count) * article.Price
	}
	return total
}

// Report writes a table for people.
func (s *Store) Report() string {
	s.mu.RLock()
	defer s.mu.RUnlock()

	codes := make([]string, 0, len(s.articles))
	for code := range s.articles {
		codes = append(codes, code)
	}
	sort.Strings(codes)

	var out strings.Builder
	fmt.Fprintf(&out, headingFormat, "code", "count", "title")
	for _, code := range codes {
		article := s.articles[code]
		fmt.Fprintf(&out, lineFormat, article.Code, article.Count, article.Title)
	}
	switch {
	case len(codes) == 0:
		out.WriteString("(nothing is registered)\n")
	case len(codes) == 1:
		out.WriteString("one article\n")
	default:
		fmt.Fprintf(&out, "%d articles\n", len(codes))
	}
	return out.String()
}
