"""What a command says when the last work with its store was cut short."""


def test_a_command_after_a_power_cut_says_so_on_standard_error_once(run, demo):
    (demo / "ward" / "store.lock").write_bytes(b"\0receive")
    first, second = (run("keys", "--data", demo / "ward", "--json") for _ in range(2))
    assert first.err.startswith("前回は、ファイルを受け取っているとき、途中で終わりました")
    assert (first.out, second.err) == (second.out, "")
