"""What counts as an announcement, a request for permission, a greeting, a claim: in many wordings, and not in
those that only look like it."""

import pytest

from smallcode.core.reply import phrases


@pytest.mark.parametrize(
    "text",
    [
        "I understand. Now I will look at cart.py.",
        "Let me look at the file first.",
        "I'll now read src/app.py to see how totals are computed.",
        "First, I will read the following files:\n- a.py\n- b.py",
        "Okay! Let's start by checking the tests.",
        "I'm going to run the test suite.",
        "To fix this, I need to update the `total` function in cart.py.",
        "Sure, I’ll take a look at the code.",
        "I have read the file. Next, I will make the change in cart.py.",
        "Now let me verify that by running the tests...",
        "Reading cart.py now.",
        "Searching for the definition…",
        "I should first check the configuration.",
        "The next step is to create the module.",
        "Great. I can now proceed with the edit: let me apply it.",
        "Here is what I do next:",
        "Ich schaue mir zuerst die Datei cart.py an.",
        "Jetzt werde ich den Test ausführen.",
        "Je vais maintenant lire le fichier cart.py.",
        "Voy a revisar el archivo.",
        "让我先查看一下这个文件。",
        "接下来我会修改 cart.py。",
        "わかりました。ファイルを確認します：",
    ],
)
def test_announcements(text: str) -> None:
    assert phrases.announces(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It counts them all now.",
        "I fixed total() and ran the tests. Let me know if you want me to change anything else.",
        "The fix is in place. I'll leave the other file alone.",
        "If you like, I can add tests.",
        "I will add tests if you want.",
        "In the future I'll read the file before I change it.",
        "You will need to run the tests yourself.",
        "The parser will read the file, and then it will check each line.",
        "The docstring says: `Let me read the file.`",
        'The log says "I will now read the file".',
        "> I'll read the file\n\nThat is a quotation.",
        "When a request comes in, the server lets me read it.",
        "I'll not change the tests.",
        "Let me explain: the slice leaves out the first price.",
        "I'll summarize: both functions return a list.",
        "Running the tests shows that all of them pass now.",
        "Would you like me to look at the other file?",
        "I will look at it. Done: I've updated cart.py.",
        "Once you confirm, I'll apply the patch.",
        "Ich habe die Datei geändert, die Tests laufen.",
        "J'ai corrigé la fonction.",
        "已经修复了这个问题。",
        "Add this:\n```py\nx = 1\n```",
        "All three callers now use Outbox.send; notify is gone.",
    ],
)
def test_no_announcements(text: str) -> None:
    assert not phrases.announces(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shall I proceed?", "proceed"),
        ("Would you like me to go ahead with cart.py?", "proceed"),
        ("I found the bug. Should I make this change?", "proceed"),
        ("Do you want me to apply these changes now?", "proceed"),
        ("Is it okay if I edit cart.py?", "proceed"),
        ("Does this plan look good to you?", "proceed"),
        ("Ready to proceed?", "proceed"),
        ("May I continue with the next step?", "proceed"),
        ("Soll ich mit der Änderung fortfahren?", "proceed"),
        ("¿Procedo con el cambio?", "proceed"),
        ("可以开始吗？", "proceed"),
        ("Would you like me to fix the slice in total()?", "offer"),
        ("Should I rename it?", "offer"),
        ("Soll ich total() ändern?", "offer"),
        ("Voulez-vous que je corrige la fonction ?", "offer"),
        ("需要我修改这个文件吗？", "offer"),
        ("It is fixed. Would you like me to also add tests?", "extra"),
        ("Do you want me to update anything else?", "extra"),
        ("Soll ich auch die Tests anpassen?", "extra"),
        ("Which of the two files do you mean?", ""),
        ('The function asks "Shall I proceed?" and waits.', ""),
        ("The prompt reads `Would you like me to go ahead?`.", ""),
        ("I can proceed.", ""),
        ("What should happen to negative amounts?", ""),
        (
            "Why does it fail? Because the slice starts at 1. The fix is to drop it. That is all there is "
            "to it.",
            "",
        ),
    ],
)
def test_permission(text: str, wanted: str) -> None:
    assert phrases.asks_permission(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Could you please provide the contents of cart.py?", True),
        ("Please share the code of the function, so that I can help.", True),
        ("Which file should I change?", True),
        ("Can you paste the error message and the traceback?", True),
        ("Where is the function that computes the total?", True),
        ("I need an API key. Where do you keep yours?", False),
        ("What should happen to negative amounts?", False),
        ("The server provides the file to the client.", False),
        ("Should invalid rows be dropped or reported?", False),
    ],
)
def test_asking_for_files(text: str, wanted: bool) -> None:
    assert phrases.wants_files(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hello! How can I help you today?", True),
        ("Hi there! I'm ready to help. What would you like me to work on?", True),
        ("How may I assist you?", True),
        ("Hallo! Wie kann ich Ihnen heute helfen?", True),
        ("Bonjour ! Comment puis-je vous aider ?", True),
        ("¡Hola! ¿En qué puedo ayudarte?", True),
        ("你好！有什么可以帮助你的吗？", True),
        ("Hello world is printed twice because the loop runs twice.", False),
        ("The greeting in chat.py says `How can I help you today?`.", False),
        ('I changed the greeting to "How can I help you?".', False),
        ("It helps you to find the file.", False),
    ],
)
def test_greetings(text: str, wanted: bool) -> None:
    assert phrases.greets(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Done.",
        "I have made all the changes you asked for, and everything works.",
        "I've fixed the bug in total().",
        "The function has been updated.",
        "All done! The tests pass.",
        "total() is now fixed.",
        "The fix is in place.",
        "Successfully renamed the function.",
        "I updated cart.py.",
        "Ich habe die Funktion angepasst.",
        "Erledigt.",
        "J'ai corrigé la fonction.",
        "He corregido la función.",
        "已经修复了 total 函数。",
    ],
)
def test_claims(text: str) -> None:
    assert phrases.claims_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bug is already fixed, so there is nothing to change.",
        "I could not find the function, so nothing was changed.",
        "I was unable to update the file.",
        "No changes were needed.",
        "The slice starts at 1, so the first price is left out.",
        "Which file do you mean?",
        "Ich konnte die Datei nicht finden.",
        "Je n'ai pas modifié le fichier.",
        "没有修改任何文件。",
        'The changelog says "I have fixed it".',
        "The value is read when the module is imported.",
    ],
)
def test_no_claims(text: str) -> None:
    assert not phrases.claims_done(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("All tests pass now.", True),
        ("I made the changes, and everything works.", True),
        ("I ran the program; it prints 3.", True),
        ("The tests should pass now.", False),
        ("Two tests still fail.", False),
        ("I could not run the tests.", False),
        ("total() sums all prices.", False),
    ],
)
def test_claims_of_a_check(text: str, wanted: bool) -> None:
    assert phrases.claims_checked(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Here is the updated code for `cart.py`:\n\n```\nx = 1\n```", True),
        ("You can replace the function with this:\n```py\nx = 1\n```", True),
        ("Change line 2 to:\n```\nreturn sum(prices)\n```", True),
        ("Here's the fixed version:\n~~~\nx\n~~~", True),
        ("I changed the function:\n```py\nx = 1\n```", False),
        ("The output was:\n```\n3 passed\n```", False),
        ("Here is the updated code in words.", False),
        ("Here is an empty fence, the updated file:\n```\n```", False),
    ],
)
def test_code_for_the_user(text: str, wanted: bool) -> None:
    assert phrases.hands_over_code(text) == wanted
