//! Page furniture: labels of the user interface, which are nobody's words.

/// Labels that stand alone on a line of a saved page. All are lower case. Words that also title a section of prose
/// ("About", "Home", "Contents") are left out.
const LABELS: &[&str] = &[
    "all comments",
    "all posts",
    "back to top",
    "collapse",
    "comments",
    "continue reading",
    "copy link",
    "crossposted",
    "follow",
    "following",
    "hide replies",
    "leave a comment",
    "load more",
    "load more comments",
    "log in",
    "login",
    "message",
    "new comment",
    "newest",
    "next page",
    "oldest",
    "permalink",
    "posts",
    "previous page",
    "read more",
    "recent comments",
    "reply",
    "report",
    "rss",
    "see more",
    "sequences",
    "share",
    "show all",
    "show less",
    "show more",
    "show replies",
    "sign in",
    "sign up",
    "skip to content",
    "skip to main content",
    "subscribe",
    "top comments",
    "top posts",
    "unsubscribe",
    "view all comments",
    "view more",
    "wiki contributions",
];

/// Labels of a person's profile page: where they stand, the page's head is that person's name.
const PROFILE: &[&str] = &["sequences", "wiki contributions", "posts", "comments", "all posts", "top posts"];

/// What a count on a saved page counts.
const COUNTED: &[&str] =
    &["comment", "like", "min read", "minute read", "point", "repl", "share", "upvote", "view", "vote"];

/// Labels of buttons that a copied page glues to the words after them, as they are written.
const BUTTONS: &[&str] = &["Load More", "Show More", "Read More", "See More", "View More"];

/// Whether `line` is only furniture.
pub(super) fn is_furniture(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    let label = line.to_lowercase();
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || " ()[]:…".contains(c));
    LABELS.binary_search(&label).is_ok() || is_count(line) || is_age(line)
}

/// Whether `line` is a label of a profile page.
pub(super) fn is_profile_label(line: &str) -> bool {
    line.len() <= 40 && PROFILE.contains(&line.to_lowercase().as_str())
}

/// The length of a button label glued to the first word of `line` (`Load MoreAppreciated …`), in bytes.
pub(super) fn glued(line: &str) -> usize {
    BUTTONS
        .iter()
        .find(|label| line.strip_prefix(**label).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
        .map_or(0, |label| label.len())
}

/// "12 comments", "3 min read".
fn is_count(line: &str) -> bool {
    let Some((number, unit)) = line.split_once(' ') else { return false };
    let unit = unit.to_lowercase();
    number.bytes().all(|b| b.is_ascii_digit() || b == b',')
        && !number.is_empty()
        && COUNTED.iter().any(|stem| unit.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "s" | "y" | "ies")))
}

/// "3mo", "2y", "5 days ago".
fn is_age(line: &str) -> bool {
    let unit = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let short = matches!(unit, "s" | "m" | "h" | "d" | "w" | "mo" | "y");
    let long = unit.strip_suffix(" ago").and_then(|unit| unit.strip_prefix(' ')).is_some_and(|unit| {
        matches!(unit.trim_end_matches('s'), "second" | "minute" | "hour" | "day" | "week" | "month" | "year")
    });
    unit.len() < line.len() && (short || long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sorted_for_the_search() {
        assert!(LABELS.is_sorted());
    }

    #[test]
    fn a_label_is_furniture_only_when_alone() {
        for line in [
            "Sequences",
            "Comments (12)",
            "LOAD MORE",
            "12 comments",
            "1,024 votes",
            "4 min read",
            "3mo",
            "2 years ago",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "Comments are welcome.",
            "Reply to Tom",
            "12 monkeys",
            "years ago",
            "5 a day ago",
            "Some thoughts:",
            "2024",
            "Share of jobs",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_button_is_cut_from_the_words_it_is_glued_to() {
        assert_eq!(glued("Load MoreAppreciated this post."), "Load More".len());
        assert_eq!(glued("Load Moreover"), 0);
        assert_eq!(glued("Load More"), 0);
    }
}
