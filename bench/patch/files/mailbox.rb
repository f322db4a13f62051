# frozen_string_literal: true

require "json"
require "set"
require "time"

# Messages of one user, sorted into folders by rules.
class Mailbox
  FOLDERS = %w[inbox sent archive trash].freeze
  PREVIEW = 60

  class Error < StandardError; end
  class UnknownFolder < Error; end
  class UnknownMessage < Error; end

  Message = Struct.new(:id, :from, :to, :subject, :body, :at, :read, keyword_init: true) do
    def preview
      text = body.gsub(/\s+/, " ").strip
      text.length > PREVIEW ? "#{text[0, PREVIEW]}…" : text
    end

    def to_h
      super.merge(at: at.iso8601)
    end
  end

  Rule = Struct.new(:field, :pattern, :folder, keyword_init: true) do
    def fits?(message)
      value = message.public_send(field)
      value.is_a?(String) && value.match?(pattern)
    end
  end

  attr_reader :owner, :rules

  def initialize(owner)
    @owner = owner
    @rules = []
    @folders = FOLDERS.to_h { |name| [name, []] }
    @seen = Set.new
    @next_id = 1
  end

  def add_rule(field:, pattern:, folder:)
    require_folder(folder)
    @rules << Rule.new(field: field, pattern: pattern, folder: folder)
    self
  end

  def receive(from:, subject:, body:, at: Time.now)
    message = build(from: from, to: owner, subject: subject, body: body, at: at)
    rule = @rules.find { |one| one.fits?(message) }
    folder = rule ? rule.folder : "inbox"
    @folders[folder] << message
    message
  end

  def send_to(to:, subject:, body:, at: Time.now)
    message = build(from: owner, to: to, subject: subject, body: body, at: at)
    message.read = true
    @folders["sent"] << message
    message
  end

  def reply(id, body:, at: Time.now)
    original = fetch(id)
    subject = original.subject.start_with?("Re: ") ? original.subject : "Re: #{original.subject}"
    quoted = original.body.lines.map { |line| "> #{line}" }.join
    send_to(to: original.from, subject: subject, body: "#{body}\n\n#{quoted}", at: at)
  end

  def forward(id, to:, at: Time.now)
    original = fetch(id)
    subject = original.subject.start_with?("Fwd: ") ? original.subject : "Fwd: #{original.subject}"
    send_to(to: to, subject: subject, body: original.body, at: at)
  end

  def read(id)
    message = fetch(id)
    message.read = true
    @seen << id
    message
  end

  def unread(id)
    message = fetch(id)
    message.read = false
    @seen.delete(id)
    message
  end

  def move(id, folder)
    require_folder(folder)
    message = fetch(id)
    @folders.each_value { |messages| messages.delete(message) }
    @folders[folder] << message
    message
  end

  def archive(id)
    move(id, "archive")
  end

  def delete(id)
    message = fetch(id)
    if @folders["trash"].include?(message)
      @folders["trash"].delete(message)
    else
      move(id, "trash")
    end
    message
  end

  def empty_trash
    count = @folders["trash"].size
    @folders["trash"].clear
    count
  end

  def folder(name)
    require_folder(name)
    @folders[name].sort_by(&:at).reverse
  end

  def search(words)
    wanted = words.downcase.split
    @folders.values.flatten.select do |message|
      text = "#{message.subject} #{message.body}".downcase
      wanted.all? { |word| text.include?(word) }
    end
  end

  def counts
    @folders.transform_values do |messages|
      { all: messages.size, unread: messages.count { |message| !message.read } }
    end
  end

  def summary
    lines = @folders.map do |name, messages|
      unread = messages.count { |message| !message.read }
      format("%-8s %4d  (%d unread)", name, messages.size, unread)
    end
    lines.join("\n")
  end

  def to_json(*args)
    {
      owner: owner,
      folders: @folders.transform_values { |messages| messages.map(&:to_h) },
    }.to_json(*args)
  end

  private

  def build(from:, to:, subject:, body:, at:)
    message = Message.new(
      id: @next_id,
      from: from,
      to: to,
      subject: subject.strip,
      body: body,
      at: at,
      read: false
    )
    @next_id += 1
    message
  end

  def fetch(id)
    @folders.each_value do |messages|
      found = messages.find { |message| message.id == id }
      return found if found
    end
    raise UnknownMessage, "there is no message #{id}"
  end

  def require_folder(name)
    return if @folders.key?(name)

    raise UnknownFolder, "there is no folder #{name.inspect}"
  end
end
