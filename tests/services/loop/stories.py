"""A district's good practice with two photos, one of which may be shown."""

from shakyo_desktop.domain.records import GOOD_PRACTICES, PHOTOS, RecordRef
from shakyo_desktop.services.practice_rows import PracticeKey
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, World, small_picture

TITLE, STORY = "歌でつながるサロン", "歌の好きな人が集まり、毎月の楽しみになりました。"
WARD_STORY = "歌の好きな人が集まり、毎月の楽しみになっています。"


def tell_story(world: World, name: str = "east", org: str = EAST, *, consent: bool = True) -> PracticeKey:
    """Write a story at a district, with a photo that may be shown and one that may not."""
    services = world.at(name)
    activity = services.recording.open_year(YEAR).records.activities[0]
    shown, hidden = (services.photos.add(activity.id, small_picture()) for _ in range(2))
    services.recording.change(RecordRef(PHOTOS, shown.id), "consent", True)
    services.recording.change(RecordRef(PHOTOS, shown.id), "caption", "みんなで歌いました")
    practice = services.recording.new_practice(YEAR, PLAN, ITEM)
    ref = RecordRef(GOOD_PRACTICES, practice.id)
    values = {"title": TITLE, "story": STORY, "consent": consent, "photo_ids": (shown.id, hidden.id)}
    for field, value in values.items():
        services.recording.change(ref, field, value)
    return org, YEAR, practice.id


def withdraw(world: World, key: PracticeKey, name: str = "east") -> None:
    """The district takes the consent of its story back and hands in again."""
    world.at(name).recording.change(RecordRef(GOOD_PRACTICES, key[2]), "consent", False)
    world.receive("ward", world.hand_in(name))


def newest(world: World, org: str = EAST) -> str:
    """The package of a district's newest report at the ward."""
    return next(str(row.package_id) for row in world.ward.review.overview(YEAR) if row.org == org)
