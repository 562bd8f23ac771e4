//! The manual: a page for each method of SWML.

use crate::run::{Failure, root};
use patchcord_core::dialect::manual::{Example, index, names, page};
use std::path::Path;

/// Writes `docs/swml`.
pub(crate) fn docs() -> Result<(), Failure> {
    let folder = root().join("docs/swml");
    std::fs::create_dir_all(&folder).map_err(|error| Failure::new(folder.display(), error))?;
    write(&folder.join("README.md"), &index())?;
    let names = names();
    for name in &names {
        let beside = |end: &str| std::fs::read_to_string(root().join(format!("examples/swml/{name}{end}"))).ok();
        let texts = beside(".yaml").zip(beside(".scenario.yaml"));
        if texts.is_none() {
            eprintln!("xtask: `{name}` has no example in examples/swml");
        }
        let example = texts.as_ref().map(|(flow, scenario)| Example { flow, scenario });
        write(&folder.join(format!("{name}.md")), &page(name, example.as_ref()).unwrap_or_default())?;
    }
    println!("{} pages in docs/swml", names.len() + 1);
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::new(path.display(), error))
}
